using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Pamps.Tests.Accounts;

/// <summary>A date that moves when a test says so. A server's timers go on by themselves: it waits for them at work.</summary>
internal sealed class FakeTime()
    : FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero))
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    ) => System.CreateTimer(callback, state, dueTime, period);

    public void Use(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(this));
}
