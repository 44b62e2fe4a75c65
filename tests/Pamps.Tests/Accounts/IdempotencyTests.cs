using System.Text.Json.Nodes;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>Idempotency-Key: a request repeated is done once.</summary>
public sealed class IdempotencyTests
{
    private static (string, string) NewKey() => Key(Guid.NewGuid().ToString());

    private static (string, string) Key(string key) => ("Idempotency-Key", key);

    [Theory, OnEachDatabase]
    public async Task A_post_sent_again_is_not_written_again(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var key = NewKey();

        var first = await user.PostAsync("/post/", new { text = "once" }, key);
        var again = await user.PostAsync("/post/", new { text = "once" }, key);
        var other = await user.PostAsync("/post/", new { text = "once" }, NewKey());

        Same(Created, first, again);
        Assert.Equal(Created, other.Status);
        Assert.Equal(
            [(long)first["id"]!, (long)other["id"]!],
            (await user.GetAsync($"/post/user/{user.Username}/")).Ids
        );
    }

    [Theory, OnEachDatabase]
    public async Task The_text_of_a_post_goes_with_it_and_its_key_does_not_write_it_again(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        var (text, key) = ($"gone {Guid.NewGuid()}", NewKey());
        var first = await user.PostAsync("/post/", new { text }, key);
        var path = $"/post/{(long)first["id"]!}/";
        var edited = await user.PatchAsync(path, new { text = "as it is now" });
        Assert.Equal(edited.Body, (await user.PostAsync("/post/", new { text }, key)).Body);
        await user.PatchAsync(path, new { text });
        await user.DeleteAsync(path);

        (await user.PostAsync("/post/", new { text }, key)).Refused(NotFound);

        Assert.Empty((await user.GetAsync($"/post/user/{user.Username}/")).Items);
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM idempotency WHERE answer LIKE '%{text}%'")
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_an_account_said_of_itself_goes_with_it_and_its_key_does_not_make_it_again(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = new Client(pamps, Together.NewName(), 0);
        var body = Together.Registration(user.Username);
        var bio = $"gone {Guid.NewGuid()}";
        body["bio"] = bio;
        var key = NewKey();
        Assert.Equal(Created, (await user.PostAsync("/user/", body.DeepClone(), key)).Status);
        await user.SignInAsync();
        Assert.Equal(NoContent, (await user.DeleteAsync("/user/me/")).Status);

        using var anyone = pamps.Anonymous();
        (await anyone.PostAsync("/user/", body.DeepClone(), key)).Refused(NotFound);

        (await anyone.GetAsync($"/user/{user.Username}/")).Refused(NotFound);
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM idempotency WHERE answer LIKE '%{bio}%'")
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_follow_a_like_and_a_registration_sent_again_get_the_first_answer(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();
        var post = await star.WriteAsync("likeable");
        foreach (
            var path in new[] { $"/user/follow/{star.Id}/", $"/post/{post}/like/", $"/post/{post}/bookmark/" }
        )
        {
            var key = NewKey();
            var first = await user.PostAsync(path, null, key);
            Same(Created, first, await user.PostAsync(path, null, key));
            Assert.Equal(OK, (await user.PostAsync(path)).Status);
        }
        var body = Together.Registration(Together.NewName());
        var registration = NewKey();
        Same(
            Created,
            await user.PostAsync("/user/", body, registration),
            await user.PostAsync("/user/", body, registration)
        );
        (await user.PostAsync("/user/", body, NewKey())).Refused(Conflict);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_at_once_with_one_key_one_is_done_and_all_get_its_answer(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();
        var post = await star.WriteAsync("likeable");
        var body = Together.Registration(Together.NewName());
        (string, object?)[] requests =
        [
            ("/post/", new { text = "once" }),
            ($"/user/follow/{star.Id}/", null),
            ($"/post/{post}/like/", null),
            ("/user/", body),
        ];
        foreach (var (path, content) in requests)
        {
            var key = NewKey();
            Same(Created, await Together.AtOnceAsync(() => user.PostAsync(path, Copy(content), key)));
        }
        Assert.Single((await user.GetAsync($"/post/user/{user.Username}/")).Items);
        Assert.Equal(1, (long)(await user.GetAsync("/user/me/"))["posts_count"]!);
        Assert.Equal(1, (long)(await user.GetAsync($"/user/{star.Username}/"))["followers_count"]!);
        Assert.Equal(1, (long)(await user.GetAsync($"/post/{post}/"))["likes_count"]!);

        static object? Copy(object? x) => x is JsonNode node ? node.DeepClone() : x;
    }

    [Theory, OnEachDatabase]
    public async Task A_key_stands_for_one_request_of_one_user(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        var key = NewKey();
        var first = await user.PostAsync("/post/", new { text = "mine" }, key);

        (await user.PostAsync("/post/", new { text = "another" }, key)).Blames("Idempotency-Key");
        (await user.PostAsync($"/user/follow/{other.Id}/", null, key)).Blames("Idempotency-Key");
        var theirs = await other.PostAsync("/post/", new { text = "mine" }, key);

        Assert.Equal(Created, theirs.Status);
        Assert.NotEqual((long)first["id"]!, (long)theirs["id"]!);
        Assert.Equal(other.Id, (long)theirs["user_id"]!);
        Assert.Single((await user.GetAsync($"/post/user/{user.Username}/")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task A_key_stands_for_a_request_with_or_without_the_trailing_slash(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var key = NewKey();

        Same(
            Created,
            await user.PostAsync("/post/", new { text = "once" }, key),
            await user.PostAsync("/post", new { text = "once" }, key)
        );
    }

    [Theory, OnEachDatabase]
    public async Task Strangers_who_register_with_one_key_are_not_told_of_each_other(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var key = NewKey();

        var first = await anyone.PostAsync("/user/", Together.Registration(Together.NewName()), key);
        var second = await anyone.PostAsync("/user/", Together.Registration(Together.NewName()), key);

        Assert.Equal((Created, Created), (first.Status, second.Status));
        Assert.NotEqual((long)first["id"]!, (long)second["id"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_refused_request_is_not_remembered(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var star = new Client(pamps, Together.NewName(), 0);
        var key = NewKey();
        (await user.PostAsync($"/user/follow/{star.Username}/", null, key)).Refused(NotFound);
        (await user.PostAsync("/post/", new { text = "" }, key)).Blames("text");
        await star.RegisterAsync();

        Assert.Equal(Created, (await user.PostAsync($"/user/follow/{star.Username}/", null, key)).Status);

        var body = new
        {
            username = Together.NewName(),
            email = star.Email,
            password = Client.DefaultPassword,
        };
        var registration = NewKey();
        (await user.PostAsync("/user/", body, registration)).Refused(Conflict);
        await star.DeleteAsync("/user/me/");
        Assert.Equal(Created, (await user.PostAsync("/user/", body, registration)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_key_is_visible_ASCII_of_at_most_255_characters(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (var wrong in new[] { "", "a b", new string('k', 256), "\ta\tb" })
        {
            var answer = await user.PostAsync("/post/", new { text = "no" }, Key(wrong));
            answer.Blames("Idempotency-Key");
        }
        Assert.Empty((await user.GetAsync($"/post/user/{user.Username}/")).Items);
        foreach (
            var right in new[] { "k", "!~", new string('k', 255), "'); DROP TABLE post; --".Replace(" ", "") }
        )
        {
            var key = Key(right);
            Same(
                Created,
                await user.PostAsync("/post/", new { text = right }, key),
                await user.PostAsync("/post/", new { text = right }, key)
            );
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_key_is_forgotten_after_a_day(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Security.AccessTokenExpireMinutes = x.Security.RefreshTokenExpireMinutes = 10_000,
            services: time.Use
        );
        using var user = await pamps.RegisterAsync();
        var key = NewKey();
        var first = await user.PostAsync("/post/", new { text = "daily" }, key);

        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Same(Created, first, await user.PostAsync("/post/", new { text = "daily" }, key));
        time.Advance(TimeSpan.FromSeconds(2));
        var next = await user.PostAsync("/post/", new { text = "daily" }, key);

        Assert.Equal(Created, next.Status);
        Assert.NotEqual((long)first["id"]!, (long)next["id"]!);
    }

    [Fact]
    public async Task A_key_whose_answer_vanishes_while_it_is_used_again_breaks_nothing()
    {
        // Between two statements of the second request, as when the sweep or the end of an account comes there. SQLite lets
        // nobody else write between them.
        await using var pamps = await PampsServer.StartAsync(Database.Postgres);
        using var ana = await pamps.RegisterAsync("ana");
        // An answer: what answers nothing is one statement.
        var body = new { text = "once", parent_id = await ana.WriteAsync("answered") };
        var first = await ana.PostAsync("/post/", body, ("Idempotency-Key", "again"));
        await pamps.ExecuteAsync(
            """
            CREATE SEQUENCE vanished;
            CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('vanished') = 1 THEN DELETE FROM idempotency; END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER vanish AFTER INSERT ON idempotency FOR EACH STATEMENT EXECUTE FUNCTION vanish();
            """
        );

        var second = await ana.PostAsync("/post/", body, ("Idempotency-Key", "again"));

        Assert.Equal(Created, second.Status);
        Assert.Equal((long)first["id"]!, (long)second["id"]!);
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT last_value FROM vanished"));
    }

    private static void Same(System.Net.HttpStatusCode status, params Answer[] answers)
    {
        Assert.All(answers, x => Assert.Equal(status, x.Status));
        Assert.Single(answers.Select(x => x.Body).Distinct());
        Assert.Single(answers.Select(x => x.Header("Location")).Distinct());
    }
}
