using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Counts failed sign-ins in memory, for this process only. It keeps at most 100,000 keys, and forgets first those that
/// have been quiet longest.
/// </summary>
internal sealed class InMemoryFailureStore(IOptions<PampsAuthOptions> options, TimeProvider time)
    : ISignInFailureStore,
        IDisposable
{
    private const int Capacity = 100_000;

    // Without a limit of its own, over which it would take nothing new.
    private readonly MemoryCache failures = new(new MemoryCacheOptions());
    private readonly TimeSpan window = options.Value.SignInFailureWindow;
    private readonly Lock gate = new();

    public Task<IReadOnlyList<FailureCount>> ReadAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(ForEach(keys, Read));

    public Task<IReadOnlyList<FailureCount>> AddAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(ForEach(keys, Add));

    public Task ForgetAsync(string key, CancellationToken cancellationToken)
    {
        failures.Remove(key);
        return Task.CompletedTask;
    }

    public void Dispose() => failures.Dispose();

    private IReadOnlyList<FailureCount> ForEach(
        IReadOnlyList<string> keys,
        Func<string, DateTimeOffset, FailureCount> count
    )
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            return [.. keys.Select(key => count(key, now))];
        }
    }

    private FailureCount Read(string key, DateTimeOffset now)
    {
        var counting = Counting(key, now);
        return counting.Length == 0
            ? default
            : new FailureCount(counting.Length, counting.Min() + window - now);
    }

    private FailureCount Add(string key, DateTimeOffset now)
    {
        // The cache's own clock, which need not be ours, only frees memory: a failure counts by what is read.
        failures.Set(key, (DateTimeOffset[])[.. Counting(key, now), now], window);
        if (failures.Count > Capacity)
        {
            failures.Compact(0.01);
        }

        return Read(key, now);
    }

    private DateTimeOffset[] Counting(string key, DateTimeOffset now) =>
        failures.TryGetValue(key, out DateTimeOffset[]? all) ? [.. all!.Where(at => at + window > now)] : [];
}
