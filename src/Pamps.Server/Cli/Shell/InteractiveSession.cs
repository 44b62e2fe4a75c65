namespace Pamps.Server.Cli.Shell;

/// <summary>Prompt, read, run, print, until the user has had enough.</summary>
internal sealed class InteractiveSession(ScriptEngine engine, HelpText help, NameCompletion completion)
{
    private readonly Keyboard keyboard = new();
    private readonly EditorScreen screen = new();
    private readonly History history = new(History.DefaultFile);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        engine.Start(warmUp: true);
        history.Load();
        // As a signal, Ctrl+C would reach whatever else in the process listens for one, and end it.
        Console.TreatControlCAsInput = true;
        screen.MarkPastes(true);
        try
        {
            await LoopAsync(ct);
            return 0;
        }
        catch (OperationCanceledException)
        {
            screen.LeaveRow();
            throw;
        }
        finally
        {
            screen.MarkPastes(false);
            Console.TreatControlCAsInput = false;
        }
    }

    private async Task LoopAsync(CancellationToken ct)
    {
        var editor = new LineEditor(keyboard, screen, history, completion);
        while (!ct.IsCancellationRequested)
        {
            // A key press cannot be waited for with a token, so at a cancellation its thread is left behind.
            var text = await Task.Run(() => editor.Read(IsComplete), ct).WaitAsync(ct);
            switch (text?.Trim())
            {
                case null or "exit" or "quit" or "#exit" or "#quit" or "exit;" or "quit;":
                    return;
                case "":
                    break;
                case var line when help.TryAnswer(line):
                    history.Add(text!, store: true);
                    break;
                default:
                    await RunAsync(text!, ct);
                    break;
            }
        }
    }

    private static bool IsComplete(string text) =>
        text.Trim() is "" or "#exit" or "#quit" || HelpText.Asks(text) || Submission.Parse(text).IsComplete;

    private async Task RunAsync(string text, CancellationToken ct)
    {
        var submission = Submission.Parse(text);
        history.Add(text, store: !submission.HasSyntaxErrors);
        var outcome = await new Evaluation(engine, keyboard).RunAsync(submission, ct);
        engine.Keep(outcome);
        Report.Write(outcome);
        screen.LeaveRow();
    }
}
