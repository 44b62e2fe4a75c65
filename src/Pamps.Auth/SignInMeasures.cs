using System.Diagnostics.Metrics;

namespace Pamps.Auth;

/// <summary>What Pamps.Auth counts, for whoever watches it: OpenTelemetry, or <c>dotnet-counters</c>.</summary>
public static class SignInMeasures
{
    /// <summary>The meter's name. Its one counter is <c>pamps.sign_in</c>, by <c>outcome</c>.</summary>
    public const string MeterName = "Pamps.Auth";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>(
        "pamps.sign_in",
        "{attempt}",
        "Sign-ins with a password or a passkey: right, wrong, throttled before it was looked at, or without the right second factor"
    );

    internal static SignInOutcome Count(this SignInOutcome outcome)
    {
        var word = outcome switch
        {
            SignInOutcome.Right => "right",
            SignInOutcome.Throttled => "throttled",
            SignInOutcome.SecondFactor => "second_factor",
            SignInOutcome.Suspended(Waits: true) => "waits",
            SignInOutcome.Suspended => "suspended",
            _ => "wrong",
        };
        SignIns.Add(1, new KeyValuePair<string, object?>("outcome", word));
        return outcome;
    }
}
