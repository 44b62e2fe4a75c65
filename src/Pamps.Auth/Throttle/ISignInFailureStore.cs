namespace Pamps.Auth;

/// <summary>How often something has failed lately.</summary>
/// <param name="Failures">How many failures count now.</param>
/// <param name="Left">How long until fewer do; zero when there are none.</param>
public readonly record struct FailureCount(int Failures, TimeSpan Left);

/// <summary>
/// Where failed sign-ins are counted. <c>AddPampsAuth</c> brings one in memory, for one process; a host that runs
/// several names one that they share. A singleton.
/// </summary>
/// <remarks>
/// A failure counts for <see cref="PampsAuthOptions.SignInFailureWindow"/> at most. Keys are hashes of at most 64
/// characters, in which no name, address or password can be read.
/// </remarks>
public interface ISignInFailureStore
{
    /// <summary>Reads, without writing anything, how many failures count now. Asked at every sign-in.</summary>
    /// <param name="keys">One key to four.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>A count for each key, in their order.</returns>
    Task<IReadOnlyList<FailureCount>> ReadAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    );

    /// <summary>Counts one more failure for each key. Of several at once, each is told another count.</summary>
    /// <param name="which">What has failed: for a store that keeps a log of it as well.</param>
    /// <param name="keys">One key to four.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A count for each key, in their order, with this failure.</returns>
    Task<IReadOnlyList<FailureCount>> AddAsync(
        PasswordTry which,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets the failures of a key; there may be none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that is done when none counts any more.</returns>
    Task ForgetAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers that an account was signed in to from an address, for about 90 days. A store that leaves it out knows none:
    /// guesses from many addresses then slow an account down for everybody.
    /// </summary>
    /// <param name="place">The key of both.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that is done when it is remembered.</returns>
    Task RememberAsync(string place, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether a place is remembered. Asked only where others have used a limit up.</summary>
    /// <param name="place">The key.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Whether it is.</returns>
    Task<bool> KnowsAsync(string place, CancellationToken cancellationToken) => Task.FromResult(false);
}
