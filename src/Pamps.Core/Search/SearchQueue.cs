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
    private readonly SearchShares shares = new(options, bounds, time);
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
        if (await shares.EnterAsync(searcher, ct) is not { } share)
        {
            return new Error(
                ErrorKind.TooMany,
                "too_much_searching",
                "You have searched for long, or much at once; try again in a few seconds"
            );
        }
        var searched = TimeSpan.Zero;
        try
        {
            using var lease = await WaitAsync(ct);
            if (lease is not { IsAcquired: true })
            {
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
    private async Task<RateLimitLease?> WaitAsync(CancellationToken ct)
    {
        if (limiter.AttemptAcquire() is { IsAcquired: true } atOnce)
        {
            return atOnce;
        }
        using var end = new CancellationTokenSource(bounds.LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await limiter.AcquireAsync(permitCount: 1, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
