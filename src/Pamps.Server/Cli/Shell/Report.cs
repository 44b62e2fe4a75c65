namespace Pamps.Server.Cli.Shell;

/// <summary>Values go to standard output and errors to standard error, red where somebody looks at them.</summary>
internal static class Report
{
    public static void Write(Outcome outcome)
    {
        if (outcome.Text is not null)
        {
            Console.Out.WriteLine(outcome.Text);
        }

        foreach (var line in outcome.Errors)
        {
            WriteError(line);
        }
    }

    public static void WriteError(string line)
    {
        var colored =
            !Console.IsInputRedirected
            && !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Console.Error.WriteLine(colored ? $"\e[31m{line}\e[0m" : line);
    }
}
