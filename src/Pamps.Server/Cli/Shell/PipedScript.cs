namespace Pamps.Server.Cli.Shell;

/// <summary>Runs everything on standard input as one script.</summary>
internal static class PipedScript
{
    public static async Task<int> RunAsync(ScriptEngine engine, CancellationToken ct)
    {
        var code = await Console.In.ReadToEndAsync(ct);
        if (string.IsNullOrWhiteSpace(code))
        {
            return 0;
        }

        engine.Start();
        // The code cannot be made to stop, so a cancelled run is left behind rather than waited for.
        var outcome = await Task.Run(() => engine.EvaluateAsync(Submission.Parse(code), ct), ct)
            .WaitAsync(ct);
        Report.Write(outcome);
        return outcome.Errors.Count == 0 ? 0 : 1;
    }
}
