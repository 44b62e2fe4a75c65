namespace Pamps.Auth.Tests;

internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan span) => _now += span;
}
