using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>GET /user/me/sessions/ and DELETE /user/me/sessions/{id}/.</summary>
public sealed class SessionListTests
{
    private const string Path = "/user/me/sessions/";

    private static async Task<long> CurrentAsync(Client user) =>
        (long)(await user.GetAsync(Path)).Items.Single(x => (bool)x!["current"]!)!["id"]!;

    [Theory, OnEachDatabase]
    public async Task Every_login_of_ones_own_is_listed_newest_first(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var user = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        time.Advance(TimeSpan.FromMinutes(1));
        await browser.SignInAsync(user, "Firefox on Linux");
        time.Advance(TimeSpan.FromMinutes(2));
        browser.Keep(await browser.RefreshAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        await browser.RefreshAsync();

        var list = await user.GetAsync(Path);

        Assert.Equal(OK, list.Status);
        Assert.Equal(2, list.Items.Count);
        var (newer, older) = (list.Items[0]!, list.Items[1]!);
        newer.HasFields("id", "created_at", "expires_at", "last_used_at", "client", "current", "program");
        Assert.Equal("2030-01-02T03:05:05.678000+00:00", (string)newer["created_at"]!);
        Assert.Equal("2030-01-02T03:07:06.678000+00:00", (string)newer["last_used_at"]!);
        Assert.Equal("2030-04-02T03:05:05.000000+00:00", (string)newer["expires_at"]!);
        Assert.Equal(("Firefox on Linux", false), ((string)newer["client"]!, (bool)newer["current"]!));
        Assert.Null(older["last_used_at"]);
        Assert.Null(older["client"]);
        Assert.True((bool)older["current"]!);
        Assert.True((bool)(await browser.GetAsync(Path)).Items[0]!["current"]!);
        Assert.Single((await stranger.GetAsync(Path)).Items);

        // The older one, never refreshed, has run out; the newer one goes on.
        time.Advance(new TimeSpan(9, 59, 30));
        using var another = new Browser(pamps);
        await another.SignInAsync(user);
        Assert.Equal((long)newer["id"]!, (await another.GetAsync(Path)).Ids[1]);
        Assert.Equal(2, (await another.GetAsync(Path)).Items.Count);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_logins_those_that_were_not_used_longest_end(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        var old = await CurrentAsync(user);
        await pamps.ExecuteAsync(
            $"""
            INSERT INTO login (id, user_id, refresh_jti, created_at, last_used_at, expires_at)
            SELECT {old} + p.n, {user.Id}, 'x', l.created_at, '2001-01-01 00:00:00.000000', l.expires_at
            FROM login l, (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 520) SELECT n FROM c) p
            WHERE l.id = {old}
            """
        );

        await user.SignInAsync();

        Assert.Equal(
            500,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM login WHERE user_id = {user.Id}")
        );
        // The one before was used a moment ago.
        Assert.Equal(1, await pamps.ScalarAsync<long>($"SELECT count(*) FROM login WHERE id = {old}"));
        Assert.Equal(OK, (await user.GetAsync(Path)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task What_a_program_calls_itself_is_kept_short_and_clean(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        (string Sent, string? Kept)[] names =
        [
            (" \t curl/8.5 \t", "curl/8.5"),
            (new string('x', 500), new string('x', 200)),
            ("a\tb\u0080c\u202ed", "abcd"),
            (new string('y', 199) + "\U0001F426", new string('y', 199)),
            ("\u200b \u200b", null),
        ];
        foreach (var (sent, kept) in names)
        {
            var form = new FormUrlEncodedContent([
                new("username", user.Username),
                new("password", Client.DefaultPassword),
            ]);
            var signedIn = await user.SendAsync(HttpMethod.Post, "/token", form, ("User-Agent", sent));
            Assert.Equal(OK, signedIn.Status);
            var newest = (await user.GetAsync(Path + "?limit=1")).Items.Single()!;
            Assert.Equal(kept, (string?)newest["client"]);
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_list_is_read_page_by_page(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        for (var i = 0; i < 6; i++)
        {
            await user.SignInAsync();
        }
        var all = (await user.GetAsync(Path)).Ids;
        Assert.Equal(7, all.Count);
        Assert.Equal(all.OrderDescending(), all);

        var pages = await user.WalkAsync(Path + "?limit=3");

        Assert.Equal([3, 3, 1], pages.Select(x => x.Items.Count));
        Assert.Equal(all, pages.SelectMany(x => x.Ids));
        Assert.Equal(all.Reverse(), (await user.GetAsync(Path + "?order=oldest")).Ids);
    }

    [Theory, OnEachDatabase]
    public async Task Ending_a_login_ends_its_tokens_at_once_and_no_others(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        using var elsewhere = await user.OtherProgramAsync();
        var id = await CurrentAsync(elsewhere);

        Assert.Equal(NoContent, (await user.DeleteAsync($"{Path}{id}/")).Status);

        (await elsewhere.GetAsync("/user/me/")).Refused(Unauthorized);
        (await elsewhere.PostAsync("/refresh_token", new { refresh_token = elsewhere.RefreshToken })).Refused(
            Unauthorized
        );
        Assert.Equal([await CurrentAsync(user)], (await user.GetAsync(Path)).Ids);
        (await user.DeleteAsync($"{Path}{id}/")).Refused(NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_who_end_a_login_at_once_one_does(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        using var elsewhere = await user.OtherProgramAsync();
        var id = await CurrentAsync(elsewhere);

        var answers = await Together.AtOnceAsync(() => user.DeleteAsync($"{Path}{id}/"));

        answers.Split(1, NoContent, others: NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_sees_or_ends_the_logins_of_others(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var id = await CurrentAsync(user);

        (await stranger.DeleteAsync($"{Path}{id}/")).Refused(NotFound);
        (await anyone.DeleteAsync($"{Path}{id}/")).Refused(Unauthorized);
        (await anyone.GetAsync(Path)).Refused(Unauthorized);

        Assert.DoesNotContain(id, (await stranger.GetAsync(Path)).Ids);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task What_is_no_id_is_refused(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (var id in new[] { "x", "0", "-1", "9007199254740992", "1.0" })
        {
            (await user.DeleteAsync($"{Path}{id}/")).Blames("id");
        }
        (await user.DeleteAsync($"{Path}1/")).Refused(NotFound);
        (await user.GetAsync(Path + "?limit=0")).Blames("limit");
    }
}
