namespace Pamps.Server.Cli.Shell;

/// <summary>Runs one submission while watching for Ctrl+C.</summary>
internal sealed class Evaluation(ScriptEngine engine, Keyboard keyboard)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Outcome> RunAsync(Submission submission, CancellationToken ct)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var token = cancellation.Token;
        var running = Task.Run(() => engine.EvaluateAsync(submission, token), CancellationToken.None);
        while (await Task.WhenAny(running, Task.Delay(Glance, ct)) != running)
        {
            ct.ThrowIfCancellationRequested();
            if (keyboard.TakeInterrupt())
            {
                await cancellation.CancelAsync();
                return await StopAsync(running, ct);
            }
        }

        return await running;
    }

    private static async Task<Outcome> StopAsync(Task<Outcome> running, CancellationToken ct)
    {
        if (await Task.WhenAny(running, Task.Delay(Patience, ct)) == running)
        {
            return await running;
        }

        // A thread that does not look at its token cannot be ended; the prompt need not wait for it.
        return new Outcome(null, ["Cancelled; the code did not stop and goes on in the background."], null);
    }
}
