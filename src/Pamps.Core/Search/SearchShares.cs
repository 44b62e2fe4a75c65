namespace Pamps.Core.Search;

/// <summary>Whose searches are counted together: those of an account, or of a network from which nobody is signed in.</summary>
/// <param name="Id">The account's id, or the network's number.</param>
/// <param name="IsAccount">Which of them it is.</param>
internal readonly record struct Searcher(long Id, bool IsAccount)
{
    /// <summary>
    /// Null for superusers, and for who is not signed in and comes from where nobody is counted; see <c>CallerNetwork</c>.
    /// </summary>
    public static Searcher? Of(Viewer? viewer, long? network) =>
        viewer is { Superuser: true } ? null
        : viewer is not null ? new(viewer.Id, IsAccount: true)
        : network is { } number ? new(number, IsAccount: false)
        : null;
}

/// <summary>
/// Sees to it that nobody's searches are in everybody's way: each searcher has one at a time, and who keeps the database at work without
/// pause has but a share of the time.
/// </summary>
internal sealed class SearchShares(PampsOptions options, SearchBounds bounds, TimeProvider time)
{
    private const int FirstSweep = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<Searcher, Share> shares = [];
    private int sweepAt = FirstSweep;

    /// <summary>
    /// Waits for the searcher's turn. Null when the wait was in vain, which nobody is told at once, or they would ask again at once; but for
    /// more of theirs than may wait.
    /// </summary>
    /// <param name="searcher">Null where nobody is counted.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Share?> EnterAsync(Searcher? searcher, CancellationToken ct)
    {
        if (searcher is null || !options.Limits.Enabled)
        {
            return new Share();
        }
        if (Join(searcher.Value) is not { } share)
        {
            return null;
        }
        // Longer than one rest, so that the two clocks do not race, and shorter than two.
        using var patience = new CancellationTokenSource(bounds.LongestRest * 1.5, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var isTheirs = false;
        try
        {
            await share.Turn.WaitAsync(end.Token);
            isTheirs = true;
            var rest =
                time.GetElapsedTime(time.GetTimestamp(), share.Due) - (bounds.Ahead * (1 + bounds.Rest));
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, end.Token);
            }
            return share;
        }
        catch (OperationCanceledException)
        {
            Leave(share, isTheirs);
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Gives the turn back.</summary>
    /// <param name="share">Whose turn it was.</param>
    /// <param name="searched">
    /// How long it was theirs. It costs no more than one waits for, so that who searches once after the other is never refused.
    /// </param>
    public void Leave(Share share, TimeSpan searched)
    {
        var seconds = Math.Min(searched.TotalSeconds * (1 + bounds.Rest), bounds.LongestRest.TotalSeconds);
        var cost = (long)(seconds * time.TimestampFrequency);
        Volatile.Write(ref share.Due, Math.Max(share.Due, time.GetTimestamp()) + cost);
        Leave(share, isTheirs: true);
    }

    private Share? Join(Searcher searcher)
    {
        lock (gate)
        {
            if (!shares.TryGetValue(searcher, out var share))
            {
                Sweep();
                shares.Add(searcher, share = new Share());
            }
            if (share.Users > options.Search.Waiting)
            {
                return null;
            }
            share.Users++;
            return share;
        }
    }

    private void Leave(Share share, bool isTheirs)
    {
        if (isTheirs)
        {
            share.Turn.Release();
        }
        lock (gate)
        {
            share.Users--;
        }
    }

    /// <summary>Forgets who has rested, now and then.</summary>
    private void Sweep()
    {
        if (shares.Count < sweepAt)
        {
            return;
        }
        var now = time.GetTimestamp();
        foreach (var (searcher, share) in shares)
        {
            if (share.Users == 0 && Volatile.Read(ref share.Due) <= now)
            {
                shares.Remove(searcher);
            }
        }
        sweepAt = Math.Max(FirstSweep, shares.Count * 2);
    }

    /// <summary>What one searcher has.</summary>
    internal sealed class Share
    {
        /// <summary>When they had rested enough, had they rested after each search. Whose turn it is writes it.</summary>
        public long Due;

        /// <summary>One search at a time, the others in the order in which they came.</summary>
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>How many of theirs search, rest or wait. Under the lock of all.</summary>
        public int Users { get; set; }
    }
}
