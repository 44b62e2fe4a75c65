using System.Net;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>GET, PATCH and DELETE /media/{id}/.</summary>
public sealed class OwnMediaTests
{
    [Theory, OnEachDatabase]
    public async Task To_all_but_its_owner_there_is_no_such_picture(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var owner = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var id = await owner.PictureAsync();

        foreach (var who in new[] { other, superuser })
        {
            (await who.GetAsync($"/media/{id}/")).Refused(HttpStatusCode.NotFound);
            (await who.PatchAsync($"/media/{id}/", new { description = "mine" })).Refused(
                HttpStatusCode.NotFound
            );
            (await who.DeleteAsync($"/media/{id}/")).Refused(HttpStatusCode.NotFound);
        }
        (await anyone.GetAsync($"/media/{id}/")).Refused(HttpStatusCode.Unauthorized);
        (await anyone.PatchAsync($"/media/{id}/", new { })).Refused(HttpStatusCode.Unauthorized);
        (await anyone.DeleteAsync($"/media/{id}/")).Refused(HttpStatusCode.Unauthorized);
        Assert.Null((await owner.GetAsync($"/media/{id}/"))["description"]);
    }

    [Theory, OnEachDatabase]
    public async Task What_a_change_does_not_name_stays(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var id = await ana.PictureAsync();

        var described = await ana.PatchAsync($"/media/{id}/", new { description = " A gull " });
        Assert.Equal("A gull", (string)described["description"]!);
        var focused = await ana.PatchAsync($"/media/{id}/", new { focus = "-1,0.333" });
        Assert.Equal("A gull", (string)focused["description"]!);
        Assert.Equal("""{"x":-1,"y":0.333}""", focused["focus"]!.ToJsonString());
        var cleared = await ana.PatchAsync($"/media/{id}/", new { description = "" });
        Assert.Null(cleared["description"]);
        Assert.Equal("""{"x":-1,"y":0.333}""", cleared["focus"]!.ToJsonString());
        Assert.Equal(cleared.Json.ToJsonString(), (await ana.GetAsync($"/media/{id}/")).Json.ToJsonString());
        (await ana.PatchAsync($"/media/{id}/", new { description = new string('x', 1501) })).Blames(
            "description"
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_new_description_is_the_posts_too(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        long[] ids = [await ana.PictureAsync(), await ana.PictureAsync()];
        var post = await ana.PostAsync("/post/", new { text = "two", media_ids = ids });

        await ana.PatchAsync($"/media/{ids[1]}/", new { description = "The second" });

        var media = (await ana.GetAsync($"/post/{post["id"]}/"))["media"]!.AsArray();
        Assert.Equal(ids, media.Select(x => (long)x!["id"]!));
        Assert.Null(media[0]!["description"]);
        Assert.Equal("The second", (string)media[1]!["description"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_deleted_picture_goes_with_its_files_and_its_bytes_unless_a_post_shows_it(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var made = await ana.UploadAsync(Stored.Unlike());
        var path = $"/media/{made["id"]}/";
        var shown = await ana.UploadAsync(Stored.Unlike());
        await ana.PostAsync("/post/", new { text = "shown", media_ids = new[] { (long)shown["id"]! } });

        var refused = await ana.DeleteAsync($"/media/{shown["id"]}/");
        refused.Refused(HttpStatusCode.Conflict);
        Assert.Equal("media_in_use", (string)refused["code"]!);
        var answers = await Together.AtOnceAsync(() => ana.DeleteAsync(path));
        answers.Split(1, HttpStatusCode.NoContent, HttpStatusCode.NotFound);

        await pamps.GoneAsync(made);
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)shown["url"]!));
        await pamps.CountsAsync();
    }
}
