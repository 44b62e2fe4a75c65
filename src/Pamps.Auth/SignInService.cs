using System.Net;
using Microsoft.Extensions.Logging;

namespace Pamps.Auth;

/// <summary>
/// Signs people in, refreshes their tokens and signs them out: all that the endpoints of
/// <see cref="PampsTokenEndpoints.MapPampsTokens"/> do but for reading the request. A host whose API has
/// other paths, bodies or statuses writes its endpoints on it.
/// </summary>
public sealed partial class SignInService
{
    private readonly SignInThrottle throttle;
    private readonly IAccountStore accounts;
    private readonly ILoginStore logins;
    private readonly PasswordHashing passwords;
    private readonly Tokens tokens;
    private readonly ILogger<SignInService> log;
    private readonly ISecondFactorStore? secondFactors;
    private readonly PasskeyChecks? passkeys;

    /// <summary>Makes one for a request; the host's services do.</summary>
    /// <param name="throttle">Counts what fails.</param>
    /// <param name="accounts">Where accounts live.</param>
    /// <param name="logins">Where logins live.</param>
    /// <param name="passwords">Checks passwords.</param>
    /// <param name="tokens">Writes and reads tokens.</param>
    /// <param name="log">Told when a refresh token is used twice.</param>
    /// <param name="secondFactors">Where second factors live; null where accounts have none.</param>
    /// <param name="passkeys">Checks passkeys; null where there are none.</param>
    public SignInService(
        SignInThrottle throttle,
        IAccountStore accounts,
        ILoginStore logins,
        PasswordHashing passwords,
        Tokens tokens,
        ILogger<SignInService> log,
        ISecondFactorStore? secondFactors = null,
        PasskeyChecks? passkeys = null
    )
    {
        this.throttle = throttle;
        this.accounts = accounts;
        this.logins = logins;
        this.passwords = passwords;
        this.tokens = tokens;
        this.log = log;
        this.secondFactors = secondFactors;
        this.passkeys = passkeys;
    }

    /// <summary>Checks a password and opens a login. Failures are counted against name and address.</summary>
    /// <param name="username">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="address">Where it came from; null when unknown, and then only names count.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// The tokens, or why there are none. An answer that carries tokens is not to be stored:
    /// <c>Cache-Control: no-store</c> (RFC 6749 section 5.1).
    /// </returns>
    /// <exception cref="TooManySignInsException">Too many passwords wait to be checked.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<SignInOutcome> SignInAsync(
        string username,
        string password,
        IPAddress? address,
        CancellationToken cancellationToken
    ) =>
        SignInAsync(
            username,
            password,
            otp: null,
            address,
            client: null,
            refreshToken: null,
            forBrowser: false,
            cancellationToken
        );

    /// <summary>
    /// Checks a password and opens a login, of which its owner can tell later which program opened it. A program that has a
    /// login of the account already is known, and guesses elsewhere do not keep it out.
    /// </summary>
    /// <param name="username">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="otp">A code of the second factor, as it was typed; null or empty when none was given.</param>
    /// <param name="address">Where it came from; null when unknown, and then only names count.</param>
    /// <param name="client">The program's own name, of any length (its User-Agent); null when it says none.</param>
    /// <param name="refreshToken">The refresh token that it still has: anything that somebody sent, or null.</param>
    /// <param name="forBrowser">Whether a browser keeps the login in its cookie (<see cref="PampsAuthOptions.SessionLifetime"/>).</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The tokens, or why there are none; as above.</returns>
    /// <exception cref="TooManySignInsException">Too many passwords wait to be checked.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<SignInOutcome> SignInAsync(
        string username,
        string password,
        string? otp,
        IPAddress? address,
        string? client,
        string? refreshToken,
        bool forBrowser,
        CancellationToken cancellationToken
    ) =>
        SignInAsync(
            username,
            password,
            otp,
            passkey: null,
            address,
            client,
            refreshToken,
            forBrowser,
            cancellationToken
        );

    /// <summary>The same, where a passkey may be given in place of a code.</summary>
    /// <param name="username">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="otp">As above.</param>
    /// <param name="passkey">What a passkey has answered; looked at where a second factor is asked for and no code was given. Or null.</param>
    /// <param name="address">As above.</param>
    /// <param name="client">As above.</param>
    /// <param name="refreshToken">As above.</param>
    /// <param name="forBrowser">As above.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The tokens, or why there are none; as above.</returns>
    /// <exception cref="TooManySignInsException">Too many passwords wait to be checked.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SignInOutcome> SignInAsync(
        string username,
        string password,
        string? otp,
        PasskeyAnswer? passkey,
        IPAddress? address,
        string? client,
        string? refreshToken,
        bool forBrowser,
        CancellationToken cancellationToken
    )
    {
        // A code is good once, and so must not be asked about again where the second try needs it.
        var isPassed = false;
        var outcome = await OnceAsync();
        // The password was right, but another sign-in strengthened the hash before this one opened, or a second factor was set up.
        outcome ??= await OnceAsync();
        return (outcome ?? new SignInOutcome.Wrong(AccountFound: true)).Count();

        Task<SignInOutcome?> OnceAsync() =>
            TryAsync(
                username,
                password,
                CheckAsync,
                address,
                client,
                refreshToken,
                forBrowser,
                cancellationToken
            );

        async Task<SecondFactorCheck> CheckAsync(long accountId)
        {
            if (secondFactors is null || isPassed)
            {
                return isPassed ? SecondFactorCheck.Right : SecondFactorCheck.NotAsked;
            }
            var check = await secondFactors.CheckAsync(
                accountId,
                string.IsNullOrEmpty(otp) ? null : otp,
                cancellationToken
            );
            if (check == SecondFactorCheck.Missing && passkey is not null)
            {
                check = await CheckPasskeyAsync(accountId, passkey, cancellationToken);
            }
            isPassed = check == SecondFactorCheck.Right;
            return check;
        }
    }

    /// <summary>
    /// Exchanges a refresh token for a new pair, once. One that was exchanged before ends its login.
    /// </summary>
    /// <param name="token">Anything that somebody sent.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The new pair; null when the token is not good, whatever the reason.</returns>
    public async Task<TokenPair?> RefreshAsync(string token, CancellationToken cancellationToken) =>
        await RefreshAsync(token, TimeSpan.Zero, forBrowser: false, cancellationToken)
            is RefreshOutcome.Rotated(var pair)
            ? pair
            : null;

    /// <summary>
    /// Exchanges a refresh token for a new pair, once; where several that share the token may show it at once,
    /// as a browser's tabs do, those that come a moment late get an access token and end nothing.
    /// </summary>
    /// <param name="token">Anything that somebody sent.</param>
    /// <param name="grace">
    /// How late they may come. As long as that, somebody who stole the token stays unnoticed.
    /// </param>
    /// <param name="forBrowser">As for signing in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What came of it.</returns>
    public async Task<RefreshOutcome> RefreshAsync(
        string token,
        TimeSpan grace,
        bool forBrowser,
        CancellationToken cancellationToken
    )
    {
        if (await tokens.ReadRefresh(token) is not { } presented)
        {
            return new RefreshOutcome.Refused();
        }

        var seed = tokens.NewRefresh(presented, forBrowser);
        var rotation = await logins.RotateAsync(
            presented.LoginId,
            presented.Jti,
            seed.Jti,
            seed.ExpiresUtc,
            grace,
            cancellationToken
        );
        switch (rotation)
        {
            case LoginRotation.Rotated(var account):
                return new RefreshOutcome.Rotated(
                    tokens.Issue(account, presented.LoginId, seed, fresh: false)
                );
            case LoginRotation.Overtaken(var account):
                return new RefreshOutcome.Overtaken(
                    tokens.IssueAccess(account, presented.LoginId, fresh: false)
                );
            case LoginRotation.Reused:
                LogReuse(presented.LoginId);
                return new RefreshOutcome.Refused();
            default:
                return new RefreshOutcome.Refused();
        }
    }

    /// <summary>Ends the login that a refresh token belongs to, with all its tokens.</summary>
    /// <param name="token">Anything that somebody sent.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it was a refresh token; the login may have ended before.</returns>
    public async Task<bool> SignOutAsync(string token, CancellationToken cancellationToken)
    {
        if (await tokens.ReadRefresh(token) is not { } presented)
        {
            return false;
        }

        await logins.EndAsync(presented.LoginId, presented.Jti, cancellationToken);
        return true;
    }

    /// <summary>Null when the account has changed since its password was checked.</summary>
    private async Task<SignInOutcome?> TryAsync(
        string username,
        string password,
        Func<long, Task<SecondFactorCheck>> checkSecondFactorAsync,
        IPAddress? address,
        string? client,
        string? refreshToken,
        bool forBrowser,
        CancellationToken cancellationToken
    )
    {
        var account = await FindAsync(username, cancellationToken);
        var ((check, second), retryAfter) = await throttle.RunAsync(
            new PasswordTry(username, address)
            {
                AccountId = account?.Id,
                LoginId = await FindLoginAsync(refreshToken, account, cancellationToken),
            },
            async () =>
            {
                var found = await passwords.CheckAsync(account?.PasswordHash, password, cancellationToken);
                return (
                    found,
                    account is null || found == PasswordCheck.Wrong
                        ? SecondFactorCheck.NotAsked
                        : await checkSecondFactorAsync(account.Id)
                );
            },
            found =>
                found.Item1 == PasswordCheck.Wrong || found.Item2 == SecondFactorCheck.Wrong
                    ? PasswordGuess.Wrong
                : found.Item2 == SecondFactorCheck.Missing ? PasswordGuess.Half
                : PasswordGuess.Right,
            cancellationToken
        );
        if (retryAfter is { } wait)
        {
            return new SignInOutcome.Throttled(wait);
        }

        if (account is null || check == PasswordCheck.Wrong)
        {
            return new SignInOutcome.Wrong(AccountFound: account is not null);
        }

        if (second is SecondFactorCheck.Missing or SecondFactorCheck.Wrong)
        {
            return new SignInOutcome.SecondFactor(Given: second == SecondFactorCheck.Wrong);
        }

        if (!account.Active)
        {
            return new SignInOutcome.Suspended(account.Waits) { AccountId = account.Id };
        }

        if (check == PasswordCheck.RightButOld)
        {
            account = await StrengthenAsync(account, password, cancellationToken);
        }

        return await OpenAsync(account, client, forBrowser, cancellationToken);
    }

    /// <summary>Opens a login; null when the account has changed since it was read.</summary>
    private async Task<SignInOutcome?> OpenAsync(
        Account account,
        string? client,
        bool forBrowser,
        CancellationToken cancellationToken
    )
    {
        var seed = tokens.NewRefresh(forBrowser: forBrowser);
        var login = await logins.OpenAsync(
            account.Id,
            account.PasswordHash,
            seed.Jti,
            seed.ExpiresUtc,
            ClientName.Normalize(client),
            cancellationToken
        );
        return login is { } id ? new SignInOutcome.Right(tokens.Issue(account, id, seed, fresh: true)) : null;
    }

    // An account that may not sign in is treated as none, so that it costs the same time as none; but for one whose owner is told.
    private async Task<Account?> FindAsync(string username, CancellationToken cancellationToken) =>
        !username.Contains('\0')
        && await accounts.FindByNameAsync(username, cancellationToken) is { } account
        && (account.Active || account.Suspended)
            ? account
            : null;

    /// <summary>The login of a refresh token, if it is good and the account's.</summary>
    private async Task<long?> FindLoginAsync(
        string? refreshToken,
        Account? account,
        CancellationToken cancellationToken
    ) =>
        refreshToken is not null
        && account is not null
        && await tokens.ReadRefresh(refreshToken) is { } presented
        && await logins.FindAsync(presented.LoginId, cancellationToken) is { } owner
        && owner.AccountId == account.Id
            ? presented.LoginId
            : null;

    private async Task<Account> StrengthenAsync(
        Account account,
        string password,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var hash = await passwords.HashAsync(password, cancellationToken);
            return await accounts.ReplaceHashAsync(account.Id, account.PasswordHash, hash, cancellationToken)
                ? account with
                {
                    PasswordHash = hash,
                }
                : account;
        }
        catch (TooManySignInsException)
        {
            return account;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A refresh token was used twice; login {LoginId} was ended."
    )]
    private partial void LogReuse(long loginId);
}
