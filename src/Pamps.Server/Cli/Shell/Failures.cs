using Microsoft.CodeAnalysis;

namespace Pamps.Server.Cli.Shell;

/// <summary>Turns compiler errors and exceptions into a few lines.</summary>
internal sealed class Failures(bool verbose)
{
    private const int MostErrors = 5;

    public static IReadOnlyList<string> Describe(IEnumerable<Diagnostic> found)
    {
        var errors = found.Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
        var lines = errors.Take(MostErrors).Select(Line).ToList();
        if (errors.Count > MostErrors)
        {
            lines.Add($"… and {errors.Count - MostErrors} more errors");
        }

        return lines;
    }

    public IReadOnlyList<string> Describe(Exception thrown)
    {
        while (
            thrown
                is AggregateException { InnerExceptions.Count: 1 }
                    or System.Reflection.TargetInvocationException
        )
        {
            thrown = thrown.InnerException ?? new InvalidOperationException(thrown.Message);
        }

        return thrown switch
        {
            OperationCanceledException when !verbose => ["Cancelled."],
            _ when verbose => [thrown.ToString()],
            _ => [$"{thrown.GetType().Name}: {thrown.Message}"],
        };
    }

    private static string Line(Diagnostic error)
    {
        var text = $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
        text += HintFor(error.Id);
        var manyLines = error.Location.SourceTree?.GetText().Lines.Count > 1;
        var start = error.Location.GetLineSpan().StartLinePosition;
        return manyLines ? $"({start.Line + 1},{start.Character + 1}) {text}" : text;
    }

    /// <summary>What to type after the commonest errors.</summary>
    private static string HintFor(string id) =>
        id switch
        {
            "CS0103" or "CS0246" or "CS1061" => " (`help` lists what is there, `help NAME` what it takes)",
            "CS0029" or "CS1501" or "CS1503" or "CS1739" or "CS7036" =>
                " (`help NAME` shows what it takes, with an example)",
            "CS8917" or "CS0119" or "CS0815" => " (a call needs its parentheses: Users())",
            _ => "",
        };
}
