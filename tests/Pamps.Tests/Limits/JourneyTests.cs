using System.Collections.Concurrent;
using System.Diagnostics;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Limits;

/// <summary>How often a write goes to PostgreSQL and back.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task A_post_a_like_and_a_follow_go_twice_with_all_limits_also_when_all_is_counted_anew_and_later_posts_once()
    {
        var time = new FakeTime();
        var seen = new ConcurrentQueue<(ActivityTraceId Trace, string Sql)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = x => x.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = x => seen.Enqueue((x.TraceId, (string?)x.GetTagItem("db.query.text") ?? "")),
        };
        ActivitySource.AddActivityListener(listener);
        await using var pamps = await Limited.StartAsync(Database.Postgres, time);
        using var star = await pamps.RegisterAsync("star");
        using var ana = await pamps.RegisterAsync("ana");
        foreach (var user in await pamps.AddUsersAsync(3))
        {
            var post = await star.WriteAsync("likeable");
            await GoesAsync(2, "/post/", new { text = "x" });
            await GoesAsync(2, $"/post/{post}/like/");
            await GoesAsync(2, $"/user/follow/{user}/");
            foreach (var visibility in new[] { "public", "followers", "direct" })
            {
                time.Advance(TimeSpan.FromHours(1));
                await GoesAsync(1, "/post/", new { text = "y #tag", visibility }, "Idempotency-Key");
            }
            await GoesAsync(2, "/post/", new { text = "an answer", parent_id = post });
            time.Advance(TimeSpan.FromHours(25));
        }

        async Task GoesAsync(int times, string path, object? body = null, string header = "X-Nothing")
        {
            var trace = ActivityTraceId.CreateRandom();
            var answer = await ana.PostAsync(
                path,
                body,
                (header, $"{trace}"),
                ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")
            );
            Assert.Equal(Created, answer.Status);
            var journeys = seen.Where(x => x.Trace == trace && IsOfTheWrite(x.Sql)).ToList();
            Assert.True(journeys.Count == times, $"{path}: {string.Join("\n\n", journeys)}");
        }
    }

    /// <summary>The look at the token is remembered for a second, and instances are told after the answer.</summary>
    private static bool IsOfTheWrite(string sql) =>
        sql.Length > 0
        && !sql.Contains("JOIN login", StringComparison.Ordinal)
        && !sql.Contains("pg_notify", StringComparison.Ordinal);
}
