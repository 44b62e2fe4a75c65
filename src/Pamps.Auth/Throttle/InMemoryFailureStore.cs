using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Counts failed sign-ins in memory, for this process only. It keeps at most 200,000 keys and as many places, and forgets
/// first those that have been quiet longest.
/// </summary>
internal sealed class InMemoryFailureStore(IOptions<PampsAuthOptions> options, TimeProvider time)
    : ISignInFailureStore,
        IDisposable
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    // Without limits of their own, over which they would take nothing new.
    private readonly MemoryCache failures = new(new MemoryCacheOptions());
    private readonly MemoryCache places = new(new MemoryCacheOptions());
    private readonly TimeSpan window = options.Value.SignInFailureWindow;
    private readonly Lock gate = new();

    public Task<IReadOnlyList<FailureCount>> ReadAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(ForEach(keys, Read));

    public Task<IReadOnlyList<FailureCount>> AddAsync(
        PasswordTry which,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(ForEach(keys, Add));

    public Task ForgetAsync(string key, CancellationToken cancellationToken)
    {
        failures.Remove(key);
        return Task.CompletedTask;
    }

    public Task RememberAsync(string place, CancellationToken cancellationToken)
    {
        places.Set(place, time.GetUtcNow(), KnownFor);
        Bound(places);
        return Task.CompletedTask;
    }

    public Task<bool> KnowsAsync(string place, CancellationToken cancellationToken) =>
        Task.FromResult(
            places.TryGetValue(place, out DateTimeOffset last) && last + KnownFor > time.GetUtcNow()
        );

    public void Dispose()
    {
        failures.Dispose();
        places.Dispose();
    }

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
        Bound(failures);
        return Read(key, now);
    }

    private static void Bound(MemoryCache cache)
    {
        if (cache.Count > Capacity)
        {
            cache.Compact(0.01);
        }
    }

    private DateTimeOffset[] Counting(string key, DateTimeOffset now) =>
        failures.TryGetValue(key, out DateTimeOffset[]? all) ? [.. all!.Where(at => at + window > now)] : [];
}
