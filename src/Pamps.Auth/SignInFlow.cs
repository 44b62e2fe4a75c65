using System.Net;
using Microsoft.Extensions.Logging;

namespace Pamps.Auth;

internal sealed partial class SignInFlow(
    SignInThrottle throttle,
    IAccountStore accounts,
    ILoginStore logins,
    PasswordHashing passwords,
    Tokens tokens,
    ILogger<SignInFlow> log
)
{
    public async Task<SignInOutcome> SignInAsync(
        string username,
        string password,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        var attempt = throttle.Begin(username, address);
        if (!attempt.Allowed)
        {
            return new SignInOutcome.Throttled(attempt.RetryAfter);
        }

        try
        {
            var (pair, changed) = await TryAsync(username, password, cancellationToken);
            // The password was right, but another sign-in strengthened the hash before this one opened.
            if (changed)
            {
                (pair, _) = await TryAsync(username, password, cancellationToken);
            }

            if (pair is null)
            {
                return new SignInOutcome.Wrong();
            }

            attempt.Succeeded();
            return new SignInOutcome.Right(pair);
        }
        // Who hangs up stays counted: hashing that costs the caller nothing would be free to repeat.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            attempt.TakeBack();
            throw;
        }
    }

    public async Task<TokenPair?> RefreshAsync(string token, CancellationToken cancellationToken)
    {
        if (await tokens.ReadRefresh(token) is not { } presented)
        {
            return null;
        }

        var seed = tokens.NewRefresh();
        var rotation = await logins.RotateAsync(
            presented.LoginId,
            presented.Jti,
            seed.Jti,
            seed.ExpiresUtc,
            cancellationToken
        );
        switch (rotation)
        {
            case LoginRotation.Rotated(var account):
                return tokens.Issue(account, presented.LoginId, seed, fresh: false);
            case LoginRotation.Reused:
                LogReuse(presented.LoginId);
                return null;
            default:
                return null;
        }
    }

    public async Task<bool> SignOutAsync(string token, CancellationToken cancellationToken)
    {
        if (await tokens.ReadRefresh(token) is not { } presented)
        {
            return false;
        }

        await logins.EndAsync(presented.LoginId, cancellationToken);
        return true;
    }

    private async Task<(TokenPair? Pair, bool Changed)> TryAsync(
        string username,
        string password,
        CancellationToken cancellationToken
    )
    {
        var account = await FindAsync(username, cancellationToken);
        var check = await passwords.CheckAsync(account?.PasswordHash, password, cancellationToken);
        if (account is null || check == PasswordCheck.Wrong)
        {
            return (null, false);
        }

        if (check == PasswordCheck.RightButOld)
        {
            account = await StrengthenAsync(account, password, cancellationToken);
        }

        var seed = tokens.NewRefresh();
        var login = await logins.OpenAsync(
            account.Id,
            account.PasswordHash,
            seed.Jti,
            seed.ExpiresUtc,
            cancellationToken
        );
        return login is { } id ? (tokens.Issue(account, id, seed, fresh: true), false) : (null, true);
    }

    // An account that may not sign in is treated as none, so that it costs the same time as none.
    private async Task<Account?> FindAsync(string username, CancellationToken cancellationToken) =>
        !username.Contains('\0')
        && await accounts.FindByNameAsync(username, cancellationToken) is { Active: true } account
            ? account
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
