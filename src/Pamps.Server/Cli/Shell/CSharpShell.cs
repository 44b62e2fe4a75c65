using System.Reflection;

namespace Pamps.Server.Cli.Shell;

/// <summary>Reads C# from the terminal or from a pipe and runs it against one globals object.</summary>
internal sealed class CSharpShell(bool verbose, bool quiet)
{
    public const int Interrupted = 130;

    /// <param name="globals">An instance of a public class; its public members are in scope by name.</param>
    /// <param name="autoImports">The names worth announcing, each with a short description.</param>
    public async Task<int> RunAsync(
        object globals,
        IReadOnlyDictionary<string, string> autoImports,
        IEnumerable<Assembly> references,
        IEnumerable<string> usings,
        CancellationToken ct
    )
    {
        if (!quiet)
        {
            Console.WriteLine($"Auto imports: [{string.Join(", ", autoImports.Keys)}]");
        }
        var help = new HelpText(globals.GetType(), autoImports);
        var engine = new ScriptEngine(globals, references, usings, verbose);
        try
        {
            if (Console.IsInputRedirected)
            {
                return await PipedScript.RunAsync(engine, help, ct);
            }

            return await new InteractiveSession(
                engine,
                help,
                new NameCompletion(globals.GetType(), () => engine.Variables)
            ).RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Interrupted;
        }
    }
}
