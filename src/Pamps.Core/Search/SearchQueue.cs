using System.Threading.RateLimiting;
using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Core.Search;

/// <summary>
/// Lets few searches at the database at once, each with a budget: they are what anybody can make it work most with. The others
/// wait a moment.
/// </summary>
internal sealed class SearchQueue(PampsOptions options, SearchBounds bounds, TimeProvider time) : IDisposable
{
    private readonly SearchShares shares = new(bounds, time);
    private readonly TimeSpan budget = TimeSpan.FromMilliseconds(options.Search.BudgetMilliseconds);
    private readonly ConcurrencyLimiter limiter = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit =
                options.Search.Parallel > 0
                    ? options.Search.Parallel
                    : Math.Max(1, Environment.ProcessorCount / 2),
            QueueLimit = options.Search.Waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    /// <summary>What the search answers, or why it could not look.</summary>
    public async Task<Result<T>> RunAsync<T>(
        Searcher? searcher,
        Func<SearchBudget, Task<Result<T>>> search,
        CancellationToken ct
    )
    {
        using var patience = new CancellationTokenSource(bounds.LongestWait, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var share = await shares.EnterAsync(searcher, end.Token);
        if (share is null)
        {
            ct.ThrowIfCancellationRequested();
            return new Error(
                ErrorKind.TooMany,
                "too_much_searching",
                "You have searched for long, or much at once; try again in a few seconds"
            );
        }
        var searched = TimeSpan.Zero;
        try
        {
            using var lease = await WaitAsync(end.Token);
            if (lease is not { IsAcquired: true })
            {
                ct.ThrowIfCancellationRequested();
                return new Error(
                    ErrorKind.Unavailable,
                    "searches_full",
                    "Too many are searching now; try again soon"
                );
            }
            var begun = time.GetTimestamp();
            try
            {
                return await search(new SearchBudget(budget, bounds.FirstTime, time));
            }
            catch (StatementStoppedException)
            {
                return new Error(
                    ErrorKind.Unavailable,
                    "search_too_dear",
                    "This search takes too long; look for fewer words"
                );
            }
            finally
            {
                searched = time.GetElapsedTime(begun);
            }
        }
        finally
        {
            shares.Leave(share, searched);
        }
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Null when the wait was in vain.</summary>
    private async Task<RateLimitLease?> WaitAsync(CancellationToken end)
    {
        try
        {
            return await limiter.AcquireAsync(permitCount: 1, end);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
