using Pamps.Auth;
using Pamps.Core.Results;
using Pamps.Http;

namespace Pamps.Api.Users;

/// <summary>What asks somebody signed in for the password or a code.</summary>
internal static class GuardedPassword
{
    /// <summary>A stolen token must not serve to guess the password, so wrong ones, and wrong codes, count as failed sign-ins do.</summary>
    public static async Task<IResult> RunAsync<T>(
        SignInThrottle throttle,
        SignedIn me,
        HttpContext context,
        Func<Task<Result<T>>> work,
        Func<Result<T>, IResult> answer,
        CancellationToken ct,
        PasswordGuess right = PasswordGuess.Done
    )
    {
        var (result, retryAfter) = await throttle.RunAsync(
            new PasswordTry(me.Username, context.Connection.RemoteIpAddress)
            {
                AccountId = me.AccountId,
                LoginId = me.LoginId,
            },
            work,
            done =>
                !done.IsRefused(out var error) ? right
                : error.Fields?.Values.Any(x => x.Code is "wrong_password" or "wrong_code") == true
                    ? PasswordGuess.Wrong
                : PasswordGuess.None,
            ct
        );
        return retryAfter is { } wait
            ? Problems.TooFast(context, "Too many wrong passwords; try again later.", wait)
            : answer(result);
    }
}
