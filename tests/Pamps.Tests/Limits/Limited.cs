using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Limits;

/// <summary>A server with the limits that people get, behind a proxy that tells who asks.</summary>
internal static class Limited
{
    public static Task<PampsServer> StartAsync(
        Database database,
        FakeTime? time = null,
        Action<LimitOptions>? change = null
    ) => PampsServer.StartAsync(database, x => Limit(x, change), services: time is null ? null : time.Use);

    /// <summary>The defaults, which tests of other things have switched off.</summary>
    public static void Limit(PampsOptions options, Action<LimitOptions>? change = null)
    {
        ServerInstances.ShareKey(options);
        options.Limits = new();
        options.Http.TrustedProxies = "127.0.0.1, ::1";
        options.Security.AccessTokenExpireMinutes = options.Security.RefreshTokenExpireMinutes = 10_000;
        change?.Invoke(options.Limits);
    }

    public static (string, string) From(string address) => ("X-Forwarded-For", address);

    /// <summary>Leaves so many of what has been done once already: as if all others had been, at this moment.</summary>
    public static Task LeaveAsync(
        this PampsServer pamps,
        FakeTime time,
        int left,
        TimeSpan window,
        int most,
        string whose
    )
    {
        var length = window.Ticks / TimeSpan.TicksPerMicrosecond;
        var until =
            (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond + length;
        return pamps.ExecuteAsync(
            $"""
            UPDATE allowance SET may_be_spent_until = {until}, spent_until = {until - left * (length / most)}
            WHERE {whose}
            """
        );
    }

    /// <summary>Checks that this is the refusal of one too many, with all that tells a client when to come again.</summary>
    public static void IsTooMany(this Answer answer, string code, string name, int most, TimeSpan window)
    {
        answer.Refused(TooManyRequests);
        Assert.Equal(code, (string)answer["code"]!);
        var wait = Math.Max(1, Math.Ceiling(window.TotalSeconds / most));
        Assert.Equal($"{wait}", answer.Header("Retry-After"));
        Assert.Equal($"\"{name}\";q={most};w={window.TotalSeconds}", answer.Header("RateLimit-Policy"));
        Assert.Equal($"\"{name}\";r=0;t={wait}", answer.Header("RateLimit"));
    }

    /// <summary>The rows of a table.</summary>
    public static Task<long> CountAsync(this PampsServer pamps, string table) =>
        pamps.ScalarAsync<long>($"SELECT count(*) FROM {table}");

    /// <summary>The ids of new users who never sign in.</summary>
    public static async Task<List<long>> AddUsersAsync(this PampsServer pamps, int count)
    {
        using var anyone = pamps.Anonymous();
        var answers = await Together.AtOnceAsync(
            _ => anyone.PostAsync("/user/", Together.Registration(Together.NewName())),
            count
        );
        return [.. answers.Select(x => (long)x["id"]!)];
    }
}
