using System.Net;

namespace Pamps.Auth;

/// <content>Signing in with a passkey, which is as much as a password and a second factor.</content>
public sealed partial class SignInService
{
    /// <summary>
    /// Checks a passkey's answer and opens a login. Failures are counted against its account and the address, as wrong passwords are; an
    /// answer whose challenge is not good is not looked at.
    /// </summary>
    /// <param name="answer">What the browser sent.</param>
    /// <param name="address">Where it came from; null when unknown.</param>
    /// <param name="client">The program's own name, as for a password.</param>
    /// <param name="refreshToken">The refresh token that it still has, as for a password.</param>
    /// <param name="forBrowser">As for a password.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The tokens, or why there are none; as for a password.</returns>
    /// <exception cref="InvalidOperationException">The host has no passkeys.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SignInOutcome> SignInWithPasskeyAsync(
        PasskeyAnswer answer,
        IPAddress? address,
        string? client,
        string? refreshToken,
        bool forBrowser,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(answer);
        var checks = passkeys ?? throw new InvalidOperationException("There are no passkeys.");
        if (await checks.ReadAsync(answer, cancellationToken) is not { } presented)
        {
            return new SignInOutcome.WrongPasskey(TooLate: true);
        }
        var account = await FindOwnerAsync(presented.Passkey, cancellationToken);
        var (isRight, retryAfter) = await throttle.RunAsync(
            new PasswordTry(presented.CredentialId, address)
            {
                AccountId = account?.Id,
                LoginId = await FindLoginAsync(refreshToken, account, cancellationToken),
            },
            async () => account is not null && await checks.UseAsync(presented, cancellationToken),
            found => found ? PasswordGuess.Right : PasswordGuess.Wrong,
            cancellationToken
        );
        SignInOutcome outcome =
            retryAfter is { } wait ? new SignInOutcome.Throttled(wait)
            : account is null || !isRight ? new SignInOutcome.WrongPasskey()
            : !account.Active ? new SignInOutcome.Suspended(account.Waits) { AccountId = account.Id }
            : await OpenAsync(account, client, forBrowser, cancellationToken)
                ?? new SignInOutcome.WrongPasskey();
        return outcome.Count();
    }

    private async Task<Account?> FindOwnerAsync(Passkey? passkey, CancellationToken cancellationToken) =>
        passkey is not null
        && await accounts.FindByIdAsync(passkey.AccountId, cancellationToken) is { } account
        && (account.Active || account.Suspended)
            ? account
            : null;

    /// <summary>What becomes of a passkey that is given beside the password.</summary>
    private async Task<SecondFactorCheck> CheckPasskeyAsync(
        long accountId,
        PasskeyAnswer answer,
        CancellationToken cancellationToken
    )
    {
        if (passkeys is null || await passkeys.ReadAsync(answer, cancellationToken) is not { } presented)
        {
            return SecondFactorCheck.Missing;
        }
        return
            presented.Passkey?.AccountId == accountId && await passkeys.UseAsync(presented, cancellationToken)
            ? SecondFactorCheck.Right
            : SecondFactorCheck.Wrong;
    }
}
