using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.WebClient;

namespace Pamps.Tests.Media;

/// <summary>Avatars and headers that were uploaded.</summary>
public sealed class ProfileMediaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_avatar_is_where_its_person_is_and_a_header_above_the_profile(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var (face, wide) = (await ana.UploadAsync(Stored.Unlike()), await ana.UploadAsync(Stored.Unlike()));

        var me = await SetAsync(
            ana,
            new { avatar_media_id = $"{face["id"]}", header_media_id = (long)wide["id"]! }
        );

        var preview = (string)face["preview_url"]!;
        Assert.Equal(preview, (string)me["avatar"]!);
        Assert.Equal(wide.Json.ToJsonString(), me["header"]!.ToJsonString());
        var post = await ana.PostAsync("/post/", new { text = "hello" });
        Assert.Equal(preview, (string)post["avatar"]!);
        Assert.Equal(preview, (string)(await anyone.GetAsync($"/post/{post["id"]}/"))["avatar"]!);
        var profile = await anyone.GetAsync($"/user/{ana.Username}/");
        Assert.Equal(preview, (string)profile["avatar"]!);
        Assert.Equal(wide.Json.ToJsonString(), profile["header"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync(preview));
        await ana.PatchAsync($"/media/{wide["id"]}/", new { description = "A beach", focus = "0,1" });
        var header = (await anyone.GetAsync($"/user/{ana.Username}/"))["header"]!;
        Assert.Equal("A beach", (string)header["description"]!);
        // The same again changes nothing, nor does a profile that is sent back as it was read.
        var again = await SetAsync(
            ana,
            new
            {
                avatar_media_id = (long)face["id"]!,
                header_media_id = (long)wide["id"]!,
                bio = "one",
            }
        );
        Assert.Equal(preview, (string)again["avatar"]!);
        var back = await SetAsync(ana, new { avatar = preview, bio = "two" });
        Assert.Equal((preview, "two"), ((string)back["avatar"]!, (string)back["bio"]!));
        Assert.Equal(header.ToJsonString(), back["header"]!.ToJsonString());
        await pamps.CountsAsync();
    }

    [Theory, OnEachDatabase]
    public async Task What_is_not_theirs_to_show_is_refused_and_nothing_changes(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var his = await beto.PictureAsync();
        var (used, face, wide, free) = (
            await ana.PictureAsync(),
            await ana.PictureAsync(Stored.Unlike()),
            await ana.PictureAsync(Stored.Unlike()),
            await ana.UploadAsync(Stored.Unlike())
        );
        await ana.PostAsync("/post/", new { text = "used", media_ids = new[] { used } });
        var before = await SetAsync(ana, new { avatar_media_id = face, header_media_id = wide });

        foreach (var id in new[] { his, used, 1, 0, -1, long.MaxValue })
        {
            Assert.Equal(
                "media_not_found",
                await RefusedAsync(new { avatar_media_id = id }, "avatar_media_id")
            );
            Assert.Equal(
                "media_not_found",
                await RefusedAsync(new { header_media_id = id }, "header_media_id")
            );
        }
        await RefusedAsync(new { avatar_media_id = wide }, "avatar_media_id");
        await RefusedAsync(new { header_media_id = face }, "header_media_id");
        var unused = (long)free["id"]!;
        await RefusedAsync(new { avatar_media_id = unused, header_media_id = unused }, "header_media_id");
        await RefusedAsync(new { avatar_media_id = "face" }, "avatar_media_id");
        Assert.Equal(
            "one_of_both",
            await RefusedAsync(
                new { avatar_media_id = unused, avatar = "https://example.org/a.png" },
                "avatar_media_id"
            )
        );
        foreach (var address in new[] { (string)free["preview_url"]!, "/media/files/x.webp", "/a.png" })
        {
            Assert.Equal("not_a_web_address", await RefusedAsync(new { avatar = address }, "avatar"));
        }
        (await anyone.PatchAsync("/user/me/", new { avatar_media_id = unused })).Refused(
            HttpStatusCode.Unauthorized
        );
        Assert.Equal(before.Json.ToJsonString(), (await ana.GetAsync("/user/me/")).Json.ToJsonString());
        await pamps.CountsAsync();

        async Task<string> RefusedAsync(object change, string field)
        {
            var json = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(change))!;
            json["bio"] = "lost";
            var refused = await ana.SendAsync(HttpMethod.Patch, "/user/me/", Client.Raw(json.ToJsonString()));
            refused.Blames(field);
            return (string)refused["codes"]![field]![0]!;
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_replaced_or_taken_away_goes_with_its_files_and_bytes(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        object[] ends =
        [
            new { avatar_media_id = (long?)null, header_media_id = (long?)null },
            new { avatar = (string?)null, header_media_id = (long?)null },
            new
            {
                avatar = "https://example.org/a.png",
                avatar_media_id = (long?)null,
                header_media_id = (long?)null,
            },
        ];
        foreach (var end in ends)
        {
            var (face, wide) = await BothAsync();
            var (otherFace, otherWide) = await BothAsync();
            await pamps.GoneAsync(face);
            await pamps.GoneAsync(wide);
            (await ana.GetAsync($"/media/{face["id"]}/")).Refused(HttpStatusCode.NotFound);
            var me = await SetAsync(ana, end);
            await pamps.GoneAsync(otherFace);
            await pamps.GoneAsync(otherWide);
            Assert.Null(me["header"]);
            Assert.Equal(0, (long)me["media_bytes"]!);
            Assert.Equal(
                end == ends[2] ? "https://example.org/a.png" : null,
                (string?)(await ana.GetAsync($"/user/{ana.Username}/"))["avatar"]
            );
        }
        await pamps.CountsAsync();

        async Task<(Answer, Answer)> BothAsync()
        {
            var (face, wide) = (
                await ana.UploadAsync(Stored.Unlike()),
                await ana.UploadAsync(Stored.Unlike())
            );
            await SetAsync(
                ana,
                new { avatar_media_id = (long)face["id"]!, header_media_id = (long)wide["id"]! }
            );
            return (face, wide);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_picture_of_a_profile_is_for_no_post_and_is_not_deleted_by_itself(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var face = await ana.PictureAsync(Stored.Unlike());
        await SetAsync(ana, new { avatar_media_id = face });
        var post = await ana.WriteAsync("a post");

        (await ana.PostAsync("/post/", new { text = "x", media_ids = new[] { face } })).Blames("media_ids");
        (await ana.PatchAsync($"/post/{post}/", new { text = "x", media_ids = new[] { face } })).Blames(
            "media_ids"
        );
        var refused = await ana.DeleteAsync($"/media/{face}/");
        refused.Refused(HttpStatusCode.Conflict);
        Assert.Equal("media_in_use", (string)refused["code"]!);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/media/{face}/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_avatars_at_once_one_stays(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var faces = new List<Answer>();
        for (var i = 0; i < 4; i++)
        {
            faces.Add(await ana.UploadAsync(Stored.Unlike()));
        }

        var answers = await Together.AtOnceAsync(i =>
            ana.PatchAsync("/user/me/", new { avatar_media_id = (long)faces[i % 4]["id"]! })
        );

        // The same one may be asked for again when another has taken its place.
        Assert.All(answers, x =>
            Assert.True(x.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, x.Body)
        );
        var avatar = (string)(await ana.GetAsync("/user/me/"))["avatar"]!;
        var left = Assert.Single(faces, x => (string)x["preview_url"]! == avatar);
        await TestJobs.UntilAsync(async () =>
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM media WHERE user_id = {ana.Id}") == 1
        );
        Assert.Equal(
            (long)left["id"]!,
            await pamps.ScalarAsync<long>($"SELECT id FROM media WHERE user_id = {ana.Id} AND profile = 1")
        );
        await pamps.CountsAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_post_and_a_profile_that_want_a_picture_at_once_one_gets_it(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        for (var round = 0; round < 5; round++)
        {
            var picture = await ana.PictureAsync(Stored.Unlike());
            var answers = await Together.AtOnceAsync(i =>
                (i % 4) switch
                {
                    0 => ana.PostAsync("/post/", new { text = $"{i}", media_ids = new[] { picture } }),
                    1 => ana.PatchAsync("/user/me/", new { header_media_id = picture }),
                    2 => ana.DeleteAsync($"/media/{picture}/"),
                    _ => ana.PatchAsync("/user/me/", new { avatar_media_id = picture }),
                }
            );
            Assert.All(answers, x => Assert.True((int)x.Status < 500, x.Body));
            Assert.True(
                await pamps.ScalarAsync<long>(
                    $"""
                    SELECT count(*) FROM media m WHERE m.id = {picture}
                        AND (m.post_id IS NOT NULL AND m.profile IS NOT NULL OR m.post_id IS NULL AND m.profile IS NULL)
                    """
                ) == 0
            );
            await pamps.CountsAsync();
        }
    }

    [Theory, OnEachDatabase]
    public async Task It_is_not_swept_and_goes_with_its_account(Database database)
    {
        var clock = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            TestJobs.Without(x);
            clock.Use(x);
        });
        using var ana = await pamps.RegisterAsync();
        var face = await ana.UploadAsync(Stored.Unlike());
        await SetAsync(ana, new { avatar_media_id = (long)face["id"]! });
        clock.Advance(TimeSpan.FromHours(25));
        var sweep = pamps.Get<SweepMedia>();

        await sweep.RunAsync(new JobRun(1, sweep.Kind, null, null, 1), Ct);

        Assert.True(await pamps.Get<IMediaStore>().HasAsync(Stored.NameOf(face, "preview_url"), Ct));
        await ana.SignInAsync();
        var left = await ana.DeleteAsync("/user/me/");
        Assert.True(left.Status == HttpStatusCode.NoContent, left.Body);
        await sweep.RunAsync(new JobRun(1, sweep.Kind, null, null, 1), Ct);
        Assert.False(await pamps.Get<IMediaStore>().HasAsync(Stored.NameOf(face, "preview_url"), Ct));
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM media"));
    }

    [Theory, OnEachDatabase]
    public async Task Verify_sees_and_mends_what_another_version_leaves(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Without);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var caio = await pamps.RegisterAsync();
        using var dora = await pamps.RegisterAsync();
        var faces = new List<long>();
        foreach (var person in new[] { ana, beto, caio, dora })
        {
            faces.Add(await person.PictureAsync(Stored.Unlike()));
            await SetAsync(person, new { avatar_media_id = faces[^1] });
        }
        var post = await beto.WriteAsync("shows it");
        // One that does not know of profiles: another avatar, a post that takes it, a deletion.
        await pamps.ExecuteAsync(
            $"UPDATE \"user\" SET avatar = 'https://example.org/a.png' WHERE id = {ana.Id}"
        );
        await pamps.ExecuteAsync($"UPDATE media SET post_id = {post} WHERE id = {faces[1]}");
        await pamps.ExecuteAsync($"DELETE FROM media WHERE id = {faces[2]}");

        var found = await RunAsync(repair: true);

        Assert.Equal(
            [
                "Avatars by upload that are there",
                "Pictures in a post or a profile, not in both",
                "Pictures of profiles that are the avatar",
            ],
            found
                .Where(x => !x.Name.StartsWith("Bytes", StringComparison.Ordinal))
                .Select(x => x.Name)
                .Order()
        );
        Assert.Empty(await RunAsync(repair: false));
        Assert.Equal("https://example.org/a.png", (string)(await ana.GetAsync("/user/me/"))["avatar"]!);
        Assert.Null((await beto.GetAsync("/user/me/"))["avatar"]);
        Assert.Null((await caio.GetAsync("/user/me/"))["avatar"]);
        Assert.NotNull((await dora.GetAsync("/user/me/"))["avatar"]);

        async Task<List<Finding>> RunAsync(bool repair) =>
            [.. (await pamps.Get<Verify>().RunAsync(repair, progress: null, Ct)).Where(x => x.Broken > 0)];
    }

    [Theory, OnEachDatabase]
    public async Task Feeds_and_previews_of_links_name_the_whole_address(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var face = await ana.UploadAsync(Stored.Unlike());
        await SetAsync(ana, new { avatar_media_id = (long)face["id"]! });
        var post = await ana.WriteAsync("shown");
        var address = new Uri(pamps.Address, (string)face["preview_url"]!).AbsoluteUri;

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse((await ana.GetAsync($"/@{ana.Username}.atom")).Body).Root!;
        Assert.Equal(address, feed.Element(atom + "icon")!.Value);
        foreach (var path in new[] { $"/@{ana.Username}", $"/@{ana.Username}/{post}" })
        {
            var page = (await ana.GetAsync(path, ("Accept", "text/html"))).Body;
            Assert.Contains($"\"og:image\" content=\"{address}\"", page, StringComparison.Ordinal);
        }
    }

    private static async Task<Answer> SetAsync(Client client, object change)
    {
        var changed = await client.PatchAsync("/user/me/", change);
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Body);
        return changed;
    }
}
