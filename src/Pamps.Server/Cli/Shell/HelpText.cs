namespace Pamps.Server.Cli.Shell;

/// <summary>What <c>help</c> prints.</summary>
internal static class HelpText
{
    public static void Write(IReadOnlyDictionary<string, string> autoImports)
    {
        var width = autoImports.Keys.Select(name => name.Length).DefaultIfEmpty().Max();
        foreach (var (name, description) in autoImports)
        {
            Console.WriteLine($"  {name.PadRight(width)}  {description}");
        }

        var example = autoImports.Keys.FirstOrDefault() ?? "1 + 1";
        Console.WriteLine(
            $"""

            Any C# works, await too. A line without a semicolon shows its value:
              >>> {example}
            Alt+Enter begins a new line, Ctrl+C cancels, exit or Ctrl+D ends.
            """
        );
    }
}
