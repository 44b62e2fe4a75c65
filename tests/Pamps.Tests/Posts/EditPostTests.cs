using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>PUT and PATCH /post/{id}/.</summary>
public sealed class EditPostTests
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Put, HttpMethod.Patch];

    [Theory, OnEachDatabase]
    public async Task The_author_changes_the_text_and_nothing_else(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var parent = await author.WriteAsync("parent");
        var id = await author.WriteAsync("reply", parent);
        await author.PostAsync($"/post/{id}/like/");
        await author.WriteAsync("reply to the reply", id);

        foreach (var method in Methods)
        {
            var before = (await author.GetAsync($"/post/{id}/")).Json.AsObject();
            var text = $"  {method} cafe\u0301 ";
            var edited = await EditAsync(author, method, id, new { text });

            Assert.Equal(HttpStatusCode.OK, edited.Status);
            Assert.Equal($"{method} café", (string)edited["text"]!);
            Assert.True(
                string.CompareOrdinal((string)edited["edited_at"]!, (string)edited["date"]!) > 0,
                edited.Body
            );
            Assert.NotEqual((string?)before["edited_at"], (string)edited["edited_at"]!);
            before["text"] = (string)edited["text"]!;
            before["edited_at"] = (string)edited["edited_at"]!;
            Assert.Equal(before.ToJsonString(), (await author.GetAsync($"/post/{id}/")).Json.ToJsonString());
            before.Remove("replies");
            Assert.Equal(before.ToJsonString(), edited.Json.ToJsonString());
        }
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_but_the_author_edits(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var id = await author.WriteAsync("mine");
        foreach (var method in Methods)
        {
            var body = new { text = "yours" };
            (await EditAsync(other, method, id, body)).Refused(HttpStatusCode.Forbidden);
            (await EditAsync(superuser, method, id, body)).Refused(HttpStatusCode.Forbidden);
            (await EditAsync(anyone, method, id, body)).Refused(HttpStatusCode.Unauthorized);
        }
        var post = await anyone.GetAsync($"/post/{id}/");
        Assert.Equal("mine", (string)post["text"]!);
        Assert.Null(post["edited_at"]);
    }

    [Theory, OnEachDatabase]
    public async Task What_is_gone_cannot_be_edited(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var id = await author.WriteAsync("soon gone");
        await author.DeleteAsync($"/post/{id}/");
        foreach (var method in Methods)
        {
            var edited = await EditAsync(author, method, id, new { text = "back?" });
            Assert.Equal("Post not found", edited.Refused(HttpStatusCode.NotFound));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Bad_ids_and_bad_texts_are_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var post = await author.WriteAsync("as it was");
        foreach (var method in Methods)
        {
            foreach (var id in ReadPostTests.BadIds)
            {
                var edited = await EditAsync(author, method, id, new { text = "hello" });
                edited.Refused(HttpStatusCode.UnprocessableEntity);
            }
            object[] bodies =
            [
                new { },
                new { text = (string?)null },
                new { text = " " },
                new { text = new string('a', 501) },
                new { text = "a\0b" },
                new { text = 5 },
            ];
            foreach (var body in bodies)
            {
                (await EditAsync(author, method, post, body)).Refused(HttpStatusCode.UnprocessableEntity);
            }
        }
        Assert.Equal("as it was", (string)(await author.GetAsync($"/post/{post}/"))["text"]!);
    }

    [Theory, OnEachDatabase]
    public async Task An_edit_that_races_a_deletion_is_done_or_not_found(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        for (var round = 0; round < 5; round++)
        {
            var id = await author.WriteAsync("hello");
            var answers = await Whole.AtOnceAsync(
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        i == 3
                            ? (Func<Task<Answer>>)(() => author.DeleteAsync($"/post/{id}/"))
                            : () => author.PatchAsync($"/post/{id}/", new { text = $"{i}" })
                    )
            );
            Assert.All(answers, x =>
                Whole.AssertIs(x, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound)
            );
            (await author.GetAsync($"/post/{id}/")).Refused(HttpStatusCode.NotFound);
        }
    }

    private static Task<Answer> EditAsync(Client client, HttpMethod method, object id, object body)
    {
        var path = $"/post/{id}/";
        return method == HttpMethod.Put ? client.PutAsync(path, body) : client.PatchAsync(path, body);
    }
}
