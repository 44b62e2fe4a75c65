using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /user/: what a good registration gives, and whose name it is.</summary>
public sealed class RegistrationTests
{
    [Theory, OnEachDatabase]
    public async Task A_new_user_is_answered_with_exactly_the_promised_fields(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var body = Together.Registration(Together.NewName("New"));
        body["avatar"] = "https://example.org/a.png";
        body["bio"] = "  I like bio\n";

        var user = await anyone.PostAsync("/user/", body);

        Assert.Equal(Created, user.Status);
        Assert.Equal($"/user/{body["username"]}/", user.Header("Location"));
        user.Json.HasFields("id", "username", "avatar", "bio", "display_name");
        Assert.InRange((long)user["id"]!, 1, (1L << 53) - 1);
        Assert.Equal((string)body["username"]!, (string)user["username"]!);
        Assert.Equal("https://example.org/a.png", (string)user["avatar"]!);
        Assert.Equal("I like bio", (string)user["bio"]!);
        Assert.Equal(OK, (await anyone.GetAsync(user.Header("Location")!)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Avatar_and_bio_may_be_left_out(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();

        var user = await anyone.PostAsync("/user/", Together.Registration(Together.NewName()));

        Assert.Equal(Created, user.Status);
        user.Json.HasFields("id", "username", "avatar", "bio", "display_name");
        Assert.Null(user["avatar"]);
        Assert.Null(user["bio"]);
    }

    [Theory, OnEachDatabase]
    public async Task A_new_user_is_neither_superuser_nor_followed_whatever_is_asked(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var body = Together.Registration(Together.NewName());
        foreach (var field in new[] { "superuser", "is_superuser", "Superuser", "active" })
        {
            body[field] = true;
        }
        body["id"] = 1;
        body["followers_count"] = 7;
        Assert.Equal(Created, (await anyone.PostAsync("/user/", body)).Status);
        anyone.Use(await anyone.TrySignInAsync((string)body["username"]!, Client.DefaultPassword));

        var me = await anyone.GetAsync("/user/me/");

        Assert.False((bool)me["superuser"]!);
        Assert.Equal(0, (long)me["followers_count"]!);
        Assert.NotEqual(1, (long)me["id"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_name_is_taken_whatever_its_case(Database database)
    {
        using var first = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (var name in new[] { first.Username, first.Username.ToUpperInvariant() })
        {
            var body = Together.Registration(name);
            body["email"] = $"{Together.NewName()}@example.org";

            var again = await first.PostAsync("/user/", body);

            Assert.Equal("Username already taken", again.Refused(Conflict));
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_email_address_is_taken_whatever_its_case(Database database)
    {
        using var first = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (var email in new[] { first.Email, first.Email.ToUpperInvariant(), $" {first.Email} " })
        {
            var body = Together.Registration(Together.NewName());
            body["email"] = email;

            var again = await first.PostAsync("/user/", body);

            Assert.Equal("Email already registered", again.Refused(Conflict));
            Assert.Equal(NotFound, (await first.GetAsync($"/user/{body["username"]}/")).Status);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_registrations_of_one_name_at_once_one_wins(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var name = Together.NewName();

        var answers = await Together.AtOnceAsync(i =>
        {
            var body = Together.Registration(i % 2 == 0 ? name : name.ToUpperInvariant());
            body["email"] = $"{name}{i}@example.org";
            return anyone.PostAsync("/user/", body);
        });

        answers.Split(1, Created, others: Conflict);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_registrations_of_one_email_address_at_once_one_wins(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var email = $"{Together.NewName()}@example.org";

        var answers = await Together.AtOnceAsync(_ =>
        {
            var body = Together.Registration(Together.NewName());
            body["email"] = email;
            return anyone.PostAsync("/user/", body);
        });

        answers.Split(1, Created, others: Conflict);
    }

    [Theory, OnEachDatabase]
    public async Task Ids_grow_in_the_order_of_registration(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            using var user = await pamps.RegisterAsync();
            ids.Add(user.Id);
        }

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
