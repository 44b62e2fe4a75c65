using System.Text.Json;
using System.Text.Json.Nodes;

namespace Blog.Tests;

public class PostTests
{
    private static readonly object Whole = new
    {
        title = "First",
        content = "Words",
        published = true,
        rating = (int?)null,
    };

    private static readonly object Draft = new
    {
        title = "Draft",
        content = "Words",
        published = false,
        rating = 4,
    };

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_post_is_written_replaced_edited_and_deleted_by_its_owner(Database database)
    {
        await using var server = new Server(database);
        var ana = await server.RegisterAsync("ana");
        var post = await ana.PostAsync("/posts", Draft);
        Assert.Equal(201, (int)post.Status);
        Assert.Equal("ana@example.org", (string)post["owner"]!["email"]!);

        var replaced = await ana.PutAsync("/posts/1", Whole);
        Assert.Equal(202, (int)replaced.Status);
        Assert.True((bool)replaced["published"]!);
        Assert.Null(replaced["rating"]);

        var edited = await ana.PatchAsync("/posts/1", new { rating = 5 });
        Assert.Equal(202, (int)edited.Status);
        Assert.Equal(("First", 5), ((string)edited["title"]!, (int)edited["rating"]!));
        Assert.Equal(5, (int)(await ana.PatchAsync("/posts/1", new { title = "Second" }))["rating"]!);
        Assert.Null((await ana.PatchAsync("/posts/1", new { rating = (int?)null }))["rating"]);

        Assert.Equal(204, (int)(await ana.DeleteAsync("/posts/1")).Status);
        (await ana.GetAsync("/posts/1")).Refused(404);
        (await ana.DeleteAsync("/posts/1")).Refused(404);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_draft_is_its_owners_only(Database database)
    {
        await using var server = new Server(database);
        var ana = await server.RegisterAsync("ana");
        var bob = await server.RegisterAsync("bob");
        await ana.PostAsync("/posts", Whole);
        await ana.PostAsync("/posts", Draft);
        Assert.Equal([2, 1], (await ana.GetAsync("/posts")).Ids);
        Assert.Equal([1], (await bob.GetAsync("/posts")).Ids);
        Assert.Equal([1], (await server.Anonymous().GetAsync("/posts")).Ids);
        Assert.Equal(1, (int)(await ana.GetAsync("/posts/latest"))["id"]!);
        Assert.Equal(200, (int)(await ana.GetAsync("/posts/2")).Status);
        (await bob.GetAsync("/posts/2")).Refused(404);
        (await server.Anonymous().GetAsync("/posts/2")).Refused(404);
        (await bob.DeleteAsync("/posts/2")).Refused(404);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Writing_needs_a_token_and_the_owner(Database database)
    {
        await using var server = new Server(database);
        var ana = await server.RegisterAsync("ana");
        var bob = await server.RegisterAsync("bob");
        var nobody = server.Anonymous();
        await ana.PostAsync("/posts", Whole);
        (await nobody.PostAsync("/posts", Whole)).Refused(401);
        (await nobody.PutAsync("/posts/1", Whole)).Refused(401);
        (await nobody.PatchAsync("/posts/1", Whole)).Refused(401);
        (await nobody.DeleteAsync("/posts/1")).Refused(401);
        (await bob.PutAsync("/posts/1", Draft)).Refused(403);
        (await bob.PatchAsync("/posts/1", Draft)).Refused(403);
        (await bob.DeleteAsync("/posts/1")).Refused(403);
        Assert.Equal("First", (string)(await nobody.GetAsync("/posts/1"))["title"]!);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Lists_come_page_by_page(Database database)
    {
        await using var server = new Server(database);
        var ana = await server.RegisterAsync("ana");
        (await ana.GetAsync("/posts/latest")).Refused(404);
        for (var i = 0; i < 3; i++)
        {
            await ana.PostAsync("/posts", Whole);
        }
        Assert.Equal([3, 2], (await ana.GetAsync("/posts?limit=2")).Ids);
        Assert.Equal([1], (await ana.GetAsync("/posts?limit=2&before=2")).Ids);
        (await ana.GetAsync("/posts?limit=0")).Refused(422);
        (await ana.GetAsync("/posts?limit=101")).Refused(422);
        Assert.Equal("id has the wrong type.", (await ana.GetAsync("/posts/nope")).Refused(422));
    }

    [Theory]
    [InlineData("""{"title": "", "content": "Words"}""")]
    [InlineData("""{"title": "First"}""")]
    [InlineData("""{"title": null, "content": "Words"}""")]
    [InlineData("""{"title": "a\u0000", "content": "Words"}""")]
    [InlineData("""{"title": "\ud800", "content": "Words"}""")]
    [InlineData("""{"title": "First", "content": "Words", "rating": 6}""")]
    [InlineData("""{"title": "First", "content": "Words", "published": "yes"}""")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_post_that_is_not_right_is_422(string body)
    {
        await using var server = new Server(Database.Postgres);
        var ana = await server.RegisterAsync("ana");
        (await ana.PostAsync("/posts", Json(body))).Refused(422);
        Assert.Empty((await ana.GetAsync("/posts")).Ids);
    }

    [Theory]
    [InlineData("""{"title": ""}""")]
    [InlineData("""{"content": "a\u0000"}""")]
    [InlineData("""{"rating": 0}""")]
    [InlineData("[]")]
    public async Task An_edit_that_is_not_right_is_422(string body)
    {
        await using var server = new Server(Database.Postgres);
        var ana = await server.RegisterAsync("ana");
        await ana.PostAsync("/posts", Whole);
        (await ana.PatchAsync("/posts/1", Json(body))).Refused(422);
        Assert.Equal("First", (string)(await ana.GetAsync("/posts/1"))["title"]!);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("content")]
    [InlineData("published")]
    [InlineData("rating")]
    public async Task Replacing_a_draft_without_a_field_names_it_and_publishes_nothing(string field)
    {
        await using var server = new Server(Database.Sqlite);
        var ana = await server.RegisterAsync("ana");
        await ana.PostAsync("/posts", Draft);
        var body = JsonNode.Parse(JsonSerializer.Serialize(Whole))!.AsObject();
        body.Remove(field);

        var answer = await ana.PutAsync("/posts/1", body);

        Assert.Equal($"{field} is required.", answer.Refused(422));
        Assert.Equal($"{field} is required.", (string)answer["errors"]![field]![0]!);
        (await server.Anonymous().GetAsync("/posts/1")).Refused(404);
    }

    private static StringContent Json(string body) =>
        new(body, System.Text.Encoding.UTF8, "application/json");
}
