namespace Pamps.Auth;

internal abstract record SignInOutcome
{
    private SignInOutcome() { }

    public sealed record Right(TokenPair Pair) : SignInOutcome;

    public sealed record Wrong : SignInOutcome;

    public sealed record Throttled(TimeSpan RetryAfter) : SignInOutcome;
}
