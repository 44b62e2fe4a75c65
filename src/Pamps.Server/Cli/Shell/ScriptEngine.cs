using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Pamps.Server.Cli.Shell;

/// <summary>Compiles and runs submissions, each on the state that the one before left.</summary>
internal sealed class ScriptEngine(
    object globals,
    IEnumerable<Assembly> references,
    IEnumerable<string> usings,
    bool verbose
)
{
    private static readonly string[] CommonUsings =
    [
        "System",
        "System.Collections.Generic",
        "System.Linq",
        "System.Threading.Tasks",
    ];

    private readonly Failures failures = new(verbose);
    private Task<ScriptState>? start;
    private ScriptState? kept;

    /// <summary>Begins to load the compiler and what it needs, and returns at once.</summary>
    public void Start(bool warmUp = false)
    {
        start ??= Task.Run(CreateStateAsync);
        if (warmUp)
        {
            _ = Task.Run(() => TryAsync(Submission.Parse("1 + 1"), CancellationToken.None));
        }
    }

    /// <summary>The variables that were made so far.</summary>
    public IEnumerable<(string Name, Type Type)> Variables =>
        kept?.Variables.Select(x => (x.Name, x.Type)) ?? [];

    public void Keep(Outcome outcome) => kept = outcome.State ?? kept;

    public Task<Outcome> EvaluateAsync(Submission submission, CancellationToken ct)
    {
        if (globals is ICancelledByShell told)
        {
            told.Cancellation = ct;
        }

        return TryAsync(submission, ct);
    }

    private async Task<Outcome> TryAsync(Submission submission, CancellationToken ct)
    {
        Start();
        try
        {
            var state = kept ?? await start!;
            return await RunAsync(submission, state, ct);
        }
        catch (Exception thrown)
        {
            return new Outcome(null, failures.Describe(thrown), null);
        }
    }

    private async Task<Outcome> RunAsync(Submission submission, ScriptState state, CancellationToken ct)
    {
        var script = state.Script.ContinueWith(submission.Code);
        var found = script.Compile(ct);
        if (found.Any(one => one.Severity == DiagnosticSeverity.Error))
        {
            return new Outcome(null, Failures.Describe(found), null);
        }

        var next = await script.RunFromAsync(state, catchException: _ => true, ct);
        if (next.Exception is not null)
        {
            return new Outcome(null, failures.Describe(next.Exception), next);
        }

        try
        {
            var value = await AwaitedValue.OfAsync(next.ReturnValue, ct);
            if (Answer.Of(value.Value).Refusal is { } refusal)
            {
                // Said whether the line ends in a semicolon or not: nobody may think that it was done.
                return new Outcome(null, [$"Refused: {refusal}"], next);
            }
            var shows = submission.ShowsValue && value.Exists && !(value.Value is null && IsVoid(script));
            return new Outcome(shows ? ValuePrinter.Print(value.Value, ct) : null, [], next);
        }
        catch (Exception thrown)
        {
            return new Outcome(null, failures.Describe(thrown), next);
        }
    }

    private async Task<ScriptState> CreateStateAsync()
    {
        var options = ScriptOptions
            .Default.AddReferences(references)
            .AddReferences(typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(Console).Assembly)
            .AddImports(CommonUsings.Concat(usings).Distinct())
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Release);
        return await CSharpScript.Create("", options, globals.GetType()).RunAsync(globals);
    }

    private static bool IsVoid(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.Single();
        return Submission.LastExpression(tree) is { } last
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType
                == SpecialType.System_Void;
    }
}
