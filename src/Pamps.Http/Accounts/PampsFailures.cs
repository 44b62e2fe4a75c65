using Pamps.Auth;
using Pamps.Core.Users;

namespace Pamps.Http.Accounts;

/// <summary>Tells Pamps.Auth where failed sign-ins are counted: for all instances of the server together.</summary>
internal sealed class PampsFailures(SignInFailures failures, PurposeKeys purposes) : ISignInFailureStore
{
    public async Task<IReadOnlyList<FailureCount>> ReadAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => [.. (await failures.ReadAsync(keys, cancellationToken)).Select(ToCount)];

    public async Task<IReadOnlyList<FailureCount>> AddAsync(
        PasswordTry which,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        var network = CallerNetwork.HashForLog(which.Address, purposes);
        return
        [
            .. (await failures.AddAsync(keys, which.AccountId, network, cancellationToken)).Select(ToCount),
        ];
    }

    public Task ForgetAsync(string key, CancellationToken cancellationToken) =>
        failures.ForgetAsync(key, cancellationToken);

    public Task RememberAsync(string place, CancellationToken cancellationToken) =>
        failures.RememberAsync(place, cancellationToken);

    public Task<bool> KnowsAsync(string place, CancellationToken cancellationToken) =>
        failures.KnowsAsync(place, cancellationToken);

    private static FailureCount ToCount(CountedFailures counted) => new(counted.Count, counted.Left);
}
