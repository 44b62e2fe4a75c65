using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>What is answered when nobody was signed in, in the words of the package's own endpoints.</summary>
public static class SignInProblems
{
    /// <summary>The answer, for a host that calls <see cref="SignInService"/> itself.</summary>
    /// <param name="outcome">What came of signing in; of <see cref="SignInOutcome.Right"/> there is no problem.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="ArgumentException">Somebody was signed in.</exception>
    public static IResult ToProblem(this SignInOutcome outcome, HttpContext context) =>
        outcome switch
        {
            SignInOutcome.Right => throw new ArgumentException("Somebody was signed in.", nameof(outcome)),
            SignInOutcome.Throttled(var retryAfter) => Problems.TooMany(
                context,
                "too_many_failures",
                "Too many failed sign-ins, try again later",
                retryAfter
            ),
            SignInOutcome.SecondFactor(Given: false) => Problems.Unauthorized(
                context,
                "second_factor_needed",
                "A code of the authenticator app or a recovery code is needed too"
            ),
            SignInOutcome.SecondFactor => Problems.Unauthorized(
                context,
                "wrong_second_factor",
                "The code is not right, or was used before"
            ),
            SignInOutcome.WrongPasskey(TooLate: true) => Problems.Unauthorized(
                context,
                "passkey_too_late",
                "The passkey was asked for too long ago, or elsewhere; begin anew"
            ),
            SignInOutcome.WrongPasskey => Problems.Unauthorized(
                context,
                "wrong_passkey",
                "The passkey is not known here, or was not used as it must be"
            ),
            SignInOutcome.Suspended(Waits: true) => Problems.Forbidden(
                "account_waits",
                "This account waits to be approved"
            ),
            SignInOutcome.Suspended => Problems.Forbidden("account_suspended", "This account is suspended"),
            _ => Problems.Unauthorized(context, "incorrect_credentials", "Incorrect username or password"),
        };
}
