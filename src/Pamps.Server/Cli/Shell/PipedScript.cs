namespace Pamps.Server.Cli.Shell;

/// <summary>Runs everything on standard input: as one script, or line by line where it is none.</summary>
internal static class PipedScript
{
    public static async Task<int> RunAsync(ScriptEngine engine, HelpText help, CancellationToken ct)
    {
        var code = await Console.In.ReadToEndAsync(ct);
        if (string.IsNullOrWhiteSpace(code))
        {
            return 0;
        }

        engine.Start();
        if (code.Split('\n').Any(HelpText.Asks) || Submission.Parse(code).HasSyntaxErrors)
        {
            return await RunLinesAsync(engine, help, code, ct);
        }
        // The code cannot be made to stop, so a cancelled run is left behind rather than waited for.
        var outcome = await Task.Run(() => engine.EvaluateAsync(Submission.Parse(code), ct), ct)
            .WaitAsync(ct);
        Report.Write(outcome);
        return outcome.Errors.Count == 0 ? 0 : 1;
    }

    /// <summary>Runs what was written as it is typed at the prompt: line by line, without semicolons. The first error ends it.</summary>
    private static async Task<int> RunLinesAsync(
        ScriptEngine engine,
        HelpText help,
        string code,
        CancellationToken ct
    )
    {
        var submissions = Split(code).ToList();
        // Nothing runs when anything cannot be read.
        if (submissions.Find(x => x.HasSyntaxErrors && !HelpText.Asks(x.Code)) is { } wrong)
        {
            submissions = [wrong];
        }
        foreach (var submission in submissions)
        {
            if (help.TryAnswer(submission.Code.TrimEnd(';')))
            {
                continue;
            }
            var outcome = await Task.Run(() => engine.EvaluateAsync(submission, ct), ct).WaitAsync(ct);
            engine.Keep(outcome);
            Report.Write(outcome);
            if (outcome.Errors.Count > 0)
            {
                return 1;
            }
        }
        return 0;
    }

    private static IEnumerable<Submission> Split(string code)
    {
        var text = "";
        foreach (var line in code.ReplaceLineEndings("\n").Split('\n'))
        {
            text = text.Length == 0 ? line : $"{text}\n{line}";
            if (text.Trim().Length == 0)
            {
                text = "";
            }
            else if (Submission.Parse(text) is var whole && (whole.IsComplete || HelpText.Asks(text)))
            {
                text = "";
                yield return whole;
            }
        }
        if (text.Length > 0)
        {
            yield return Submission.Parse(text);
        }
    }
}
