namespace Pamps.Data.Postgres;

/// <summary>Stops statements on a few threads of its own; none, while the server is known not to answer.</summary>
/// <remarks>
/// The driver (Npgsql 10) stops a statement, be it for its own time-out or for a token that was cancelled, by a blocking call: it
/// asks the server to cancel, on the thread that met the one or cancelled the other, and waits for that as long as it would
/// to connect. No setting spares it, and the pool has few threads.
/// </remarks>
internal sealed class StatementStopper : IDisposable
{
    private const int MostThreads = 8;

    private readonly Lock sync = new();

    /// <summary>What to cancel, first come first served. Guarded by the lock, as all below.</summary>
    private readonly Queue<CancellationTokenSource> unwanted = new();
    private volatile CancellationTokenSource held = new();
    private int threads;

    /// <summary>Cancelled while the server is known not to answer; another one each time it answers again.</summary>
    public CancellationToken Held => held.Token;

    /// <summary>Stops a statement soon, or when the server answers again. One that has ended is left alone.</summary>
    /// <param name="statement">Cancels the token that the driver was given.</param>
    public void Stop(CancellationTokenSource statement)
    {
        lock (sync)
        {
            unwanted.Enqueue(statement);
            StartThread();
        }
    }

    /// <summary>The server does not answer.</summary>
    public Task HoldAsync() => held.CancelAsync();

    /// <summary>The server answers again.</summary>
    public void Release()
    {
        lock (sync)
        {
            // Threads that still wait for the server as it was end by themselves.
            (held, threads) = (new CancellationTokenSource(), 0);
            for (var i = 0; i < unwanted.Count; i++)
            {
                StartThread();
            }
        }
    }

    public void Dispose() => held.Dispose();

    /// <summary>Guarded by the lock.</summary>
    private void StartThread()
    {
        if (threads == MostThreads || held.IsCancellationRequested)
        {
            return;
        }
        threads++;
        var mine = held;
        new Thread(() => StopUnwanted(mine))
        {
            IsBackground = true,
            Name = "Statement stopper",
        }.UnsafeStart();
    }

    private void StopUnwanted(CancellationTokenSource mine)
    {
        while (Take(mine) is { } statement)
        {
            try
            {
                statement.Cancel();
            }
            catch (AggregateException)
            {
                // The driver stumbled over what it has broken itself.
            }
        }
    }

    /// <summary>The next to cancel; null when a thread is to end that began before this hold or its end.</summary>
    private CancellationTokenSource? Take(CancellationTokenSource mine)
    {
        lock (sync)
        {
            if (mine == held && !mine.IsCancellationRequested && unwanted.TryDequeue(out var next))
            {
                return next;
            }
            if (mine == held)
            {
                threads--;
            }
            return null;
        }
    }
}
