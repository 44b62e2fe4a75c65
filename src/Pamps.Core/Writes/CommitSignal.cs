namespace Pamps.Core.Writes;

/// <summary>
/// Tells one waiter that this process, or an instance that it hears, has just written. While nobody waits, telling costs one
/// read.
/// </summary>
internal sealed class CommitSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0);
    private volatile bool isListening;
    private volatile bool hearsOthers;
    private int isRaised;

    /// <summary>Whether anybody wants to know.</summary>
    public bool IsListening
    {
        set => isListening = value;
    }

    /// <summary>Whether the writes of other processes raise it, too.</summary>
    public bool HearsOthers
    {
        get => hearsOthers;
        set => hearsOthers = value;
    }

    /// <summary>Something may have been committed. Many calls before the waiter looks are one.</summary>
    public void Raise()
    {
        if (isListening && Interlocked.Exchange(ref isRaised, 1) == 0)
        {
            raised.Release();
        }
    }

    /// <summary>Returns at the next write that is known of, and in any case after the given time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (await raised.WaitAsync(atMost, cancellationToken))
        {
            // Taken back before the waiter looks: what is committed from now on raises it again.
            Interlocked.Exchange(ref isRaised, 0);
        }
    }

    public void Dispose() => raised.Dispose();
}
