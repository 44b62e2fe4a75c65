using Microsoft.Extensions.Time.Testing;

namespace Pamps.Auth.Tests;

internal static class FakeTime
{
    /// <summary>A clock that moves when a test says so, from within a second: tokens know whole ones only.</summary>
    public static FakeTimeProvider New() => new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
}
