using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>A stream that broke off goes on where it was.</summary>
public sealed class ResumeTests
{
    [Theory, OnEachDatabase]
    public async Task What_was_missed_comes_first_and_then_what_happens(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var carla = await pamps.RegisterAsync("carla");
        await ana.PostAsync($"/user/follow/{beto.Id}/");
        string place;
        using (var stream = await LiveStream.OpenAsync(ana))
        {
            await stream.ExpectAsync("post", await beto.WriteAsync("heard"));
            place = stream.LastId;
        }

        var missed = await beto.WriteAsync("missed");
        await carla.WriteAsync("not for Ana");
        await beto.PatchAsync($"/post/{missed}/", new { text = "missed, and edited" });
        var own = await ana.WriteAsync("own");
        foreach (var inQuery in new[] { false, true })
        {
            using var again = await LiveStream.OpenAsync(ana, place, inQuery);
            Assert.Equal(place, again.LastId);
            await again.ExpectAsync("post", missed);
            await again.ExpectAsync("edit", missed);
            await again.ExpectAsync("post", own);
            await again.ExpectAsync("post", await beto.WriteAsync("live"));
            own = await ana.WriteAsync("own");
            await again.ExpectAsync("post", own);
            place = again.LastId;
            missed = await beto.WriteAsync("missed");
            await beto.PatchAsync($"/post/{missed}/", new { text = "missed, and edited" });
            own = await ana.WriteAsync("own");
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_place_where_a_stream_begins_is_one_to_go_on_from(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var before = await ana.WriteAsync("before");
        string place;
        using (var stream = await LiveStream.OpenAsync(ana))
        {
            place = stream.LastId;
        }
        var id = await ana.WriteAsync("missed");

        using var again = await LiveStream.OpenAsync(ana, place);
        var first = await again.NextAsync();
        // The stream may have begun just before the first post was passed.
        if ((long)first!.Json["id"]! == before)
        {
            first = await again.NextAsync();
        }
        Assert.Equal(("post", id), (first!.Event, (long)first.Json["id"]!));
    }

    [Theory, OnEachDatabase]
    public async Task A_place_that_is_swept_begins_anew_and_the_last_place_is_never_swept(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var ana = await pamps.RegisterAsync("ana");
        string old;
        string last;
        using (var stream = await LiveStream.OpenAsync(ana))
        {
            await stream.ExpectAsync("post", await ana.WriteAsync("old"));
            old = stream.LastId;
            await stream.ExpectAsync("post", await ana.WriteAsync("last"));
            last = stream.LastId;
        }
        time.Advance(TimeSpan.FromMinutes(61));
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        await ana.SignInAsync();

        using (var known = await LiveStream.OpenAsync(ana, last))
        {
            await known.ExpectAsync("post", await ana.WriteAsync("now"));
        }
        using var anew = await LiveStream.OpenAsync(ana, old);
        var reset = await anew.NextAsync();
        Assert.Equal(("reset", "{}"), (reset!.Event, reset.Data));
        await anew.ExpectAsync("post", await ana.WriteAsync("and on"));
    }

    [Theory, OnEachDatabase]
    public async Task Who_missed_too_much_begins_anew(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
            x.AddSingleton(new Core.Streaming.LiveFeedOptions { MaxMissed = 3 })
        );
        using var ana = await pamps.RegisterAsync("ana");
        // Hears all of it: on PostgreSQL a post can be passed only when who writes elsewhere has ended.
        using var witness = await LiveStream.OpenAsync(ana);
        await witness.ExpectAsync("post", await ana.WriteAsync("heard"));
        var place = witness.LastId;
        // Deeds of which streams tell nothing are none that are missed.
        foreach (var bio in new[] { "one", "two", "three", "four" })
        {
            await ana.PatchAsync("/user/me/", new { bio });
        }
        for (var i = 0; i < 3; i++)
        {
            await witness.ExpectAsync("post", await ana.WriteAsync("missed"));
        }
        using (var stream = await LiveStream.OpenAsync(ana, place))
        {
            Assert.Equal("post", (await stream.NextAsync())!.Event);
        }
        await witness.ExpectAsync("post", await ana.WriteAsync("one too many"));
        using var anew = await LiveStream.OpenAsync(ana, place);
        Assert.Equal("reset", (await anew.NextAsync())!.Event);
        await anew.ExpectAsync("post", await ana.WriteAsync("and on"));
    }

    [Theory, OnEachDatabase]
    public async Task A_place_that_never_was_begins_anew(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        foreach (var place in new[] { "0-0", "9223372036854775807-9223372036854775807", "1-1000000000" })
        {
            using var stream = await LiveStream.OpenAsync(ana, place);
            Assert.Equal("reset", (await stream.NextAsync())!.Event);
            await stream.ExpectAsync("post", await ana.WriteAsync("and on"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_no_place_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        foreach (
            var place in new[] { "1", "-", "1-", "-1-2", "1-2-3", "a-b", "1-9223372036854775808", "+1-2" }
        )
        {
            var header = await ana.GetAsync("/stream/", ("Last-Event-ID", place));
            header.Refused(HttpStatusCode.UnprocessableEntity);
            Assert.NotNull(header["errors"]!["Last-Event-ID"]);
            var query = await ana.GetAsync($"/stream/?last_event_id={Uri.EscapeDataString(place)}");
            query.Refused(HttpStatusCode.UnprocessableEntity);
            Assert.NotNull(query["errors"]!["last_event_id"]);
        }
    }

    [Fact]
    public async Task What_is_committed_late_is_waited_for_and_not_skipped()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Postgres);
        var ct = TestContext.Current.CancellationToken;
        using var ana = await pamps.RegisterAsync("ana");
        var late = await ana.WriteAsync("edited late");
        using var stream = await LiveStream.OpenAsync(ana);
        await using var source = NpgsqlDataSource.Create(
            TestDatabase.ToConnectionString(new Uri(pamps.Options.Db.Uri))
        );
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var edit = connection.CreateCommand();
        edit.CommandText = $"""
            INSERT INTO event (tx, kind, user_id, subject_id, date)
            VALUES (pg_current_xact_id()::text::bigint, 2, {ana.Id}, {late}, now())
            """;
        await edit.ExecuteNonQueryAsync(ct);

        var soon = await ana.WriteAsync("written after, committed before");
        // More than one look at the table.
        await Task.Delay(TimeSpan.FromSeconds(1.2), ct);
        await transaction.CommitAsync(ct);

        var next = await stream.NextAsync();
        if ((long)next!.Json["id"]! == late && next.Event == "post")
        {
            next = await stream.NextAsync();
        }
        Assert.Equal(("edit", late), (next!.Event, (long)next.Json["id"]!));
        await stream.ExpectAsync("post", soon);
    }
}
