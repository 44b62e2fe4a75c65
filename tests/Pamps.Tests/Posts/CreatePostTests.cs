using System.Net;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>POST /post/.</summary>
public sealed class CreatePostTests
{
    private static readonly string[] Fields =
    [
        "id",
        "text",
        "date",
        "user_id",
        "parent_id",
        "username",
        "avatar",
        "display_name",
        "likes_count",
        "replies_count",
        "liked",
        "edited_at",
        "entities",
        "visibility",
        "parent_username",
        "media",
        "pinned",
        "card",
        "sensitive",
    ];

    [Theory, OnEachDatabase]
    public async Task A_new_post_is_answered_whole_with_its_address(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var started = DateTimeOffset.UtcNow.AddSeconds(-1);

        var post = await author.PostAsync("/post/", new { text = "hello", nothing_known = 1 });

        Assert.Equal(HttpStatusCode.Created, post.Status);
        Assert.Equal(Fields, post.Json.AsObject().Select(x => x.Key));
        Assert.InRange((long)post["id"]!, 1, (1L << 53) - 1);
        Assert.Equal($"/post/{post["id"]}/", post.Header("Location"));
        Assert.Equal("hello", (string)post["text"]!);
        Assert.Equal(author.Id, (long)post["user_id"]!);
        Assert.Equal(author.Username, (string)post["username"]!);
        Assert.Equal(0, (long)post["likes_count"]!);
        Assert.Equal(0, (long)post["replies_count"]!);
        Assert.False((bool)post["liked"]!);
        Assert.All(["parent_id", "avatar", "edited_at"], x => Assert.Null(post[x]));
        var date = (string)post["date"]!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$", date);
        Assert.InRange(
            DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture),
            started,
            DateTimeOffset.UtcNow.AddSeconds(1)
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_was_answered_is_what_is_read_later(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var parent = await author.WriteAsync("parent");
        var created = await author.PostAsync("/post/", new { text = "hello", parent_id = parent });

        var read = await author.GetAsync(created.Header("Location")!);

        var expected = created.Json.AsObject();
        expected["replies"] = new JsonArray();
        Assert.Equal(expected.ToJsonString(), read.Json.ToJsonString());
        var listed = await author.GetAsync($"/post/{parent}/replies/");
        Assert.Equal(created.Json.ToJsonString(), listed.Items.Single()!.ToJsonString());
    }

    [Theory, OnEachDatabase]
    public async Task Ids_grow_with_time(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await author.WriteAsync($"{i}"));
        }
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory, OnEachDatabase]
    public async Task Only_who_is_signed_in_writes(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        (await anyone.PostAsync("/post/", new { text = "hello" })).Refused(HttpStatusCode.Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task A_reply_names_its_parent_and_is_counted(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        var parent = await author.WriteAsync("parent");

        var reply = await other.PostAsync("/post/", new { text = "reply", parent_id = parent });
        var replyToReply = await author.PostAsync(
            "/post/",
            // As the workshop's server took it, too.
            new { text = "reply to a reply", parent_id = $"{reply["id"]}" }
        );

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Equal(parent, (long)reply["parent_id"]!);
        Assert.Equal((long)reply["id"]!, (long)replyToReply["parent_id"]!);
        Assert.Equal(1, (long)(await other.GetAsync($"/post/{parent}/"))["replies_count"]!);
        Assert.Equal(1, (long)(await other.GetAsync($"/post/{reply["id"]}/"))["replies_count"]!);
        Assert.Equal(2, (long)(await other.GetAsync($"/user/{author.Username}/"))["posts_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_reply_to_nothing_is_refused_and_changes_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var gone = await author.WriteAsync("soon gone");
        await author.DeleteAsync($"/post/{gone}/");

        foreach (
            var parent in new object[] { gone, 1, 0, -1, 1.5, 1L << 53, 1e300, "1", "abc", "", "0x1", true }
        )
        {
            var reply = await author.PostAsync("/post/", new { text = "reply", parent_id = parent });
            reply.Refused(HttpStatusCode.UnprocessableEntity);
            Assert.True(reply["errors"]!.AsObject().ContainsKey("parent_id"), $"{parent}: {reply.Body}");
        }

        Assert.Empty((await author.GetAsync($"/post/user/{author.Username}/?include_replies=1")).Items);
        Assert.Equal(0, (long)(await author.GetAsync($"/user/{author.Username}/"))["posts_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Every_reply_that_races_its_parents_deletion_is_written_or_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var first = await pamps.RegisterAsync();
        using var second = await pamps.RegisterAsync();
        var written = new List<long>();
        for (var round = 0; round < 8; round++)
        {
            var parent = await author.WriteAsync("parent");
            var requests = Enumerable
                .Range(0, 12)
                .Select(i =>
                    i == 4 + (round % 4)
                        ? (Func<Task<Answer>>)(() => author.DeleteAsync($"/post/{parent}/"))
                        : () =>
                            (i % 2 == 0 ? first : second).PostAsync(
                                "/post/",
                                new { text = $"reply {i}", parent_id = parent }
                            )
                );
            var answers = await Whole.AtOnceAsync(requests);

            Assert.Single(answers, x => x.Status == HttpStatusCode.NoContent);
            var replies = answers.Where(x => x.Status != HttpStatusCode.NoContent).ToList();
            Assert.All(replies.Where(x => x.Status != HttpStatusCode.Created), x =>
                x.Refused(HttpStatusCode.UnprocessableEntity)
            );
            written.AddRange(
                replies.Where(x => x.Status == HttpStatusCode.Created).Select(x => (long)x["id"]!)
            );
        }

        var kept = new List<long>();
        foreach (var client in new[] { first, second })
        {
            kept.AddRange(await Walk.IdsAsync(client, $"/post/user/{client.Username}/?include_replies=true"));
        }
        Assert.Equal(written.Order(), kept.Order());
        await Whole.AssertAsync(pamps);
    }
}
