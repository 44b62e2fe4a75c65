using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Counts failed sign-ins in memory, for this process only. It keeps at most 100,000 keys, and forgets first those that
/// have been quiet longest.
/// </summary>
internal sealed class InMemoryFailureStore(IOptions<PampsAuthOptions> options, TimeProvider time)
    : ISignInFailureStore
{
    private readonly FailureTimes times = new(options.Value.SignInFailureWindow);
    private readonly Lock gate = new();

    public Task<IReadOnlyList<FailureCount>> ReadAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(ForEach(keys, times.Read));

    public Task<IReadOnlyList<FailureCount>> AddAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(ForEach(keys, times.Add));

    public Task ForgetAsync(string key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            times.Forget(key);
        }
        return Task.CompletedTask;
    }

    private IReadOnlyList<FailureCount> ForEach(
        IReadOnlyList<string> keys,
        Func<string, long, FailureCount> count
    )
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (gate)
        {
            return [.. keys.Select(key => count(key, now))];
        }
    }
}
