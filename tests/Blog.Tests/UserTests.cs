namespace Blog.Tests;

public class UserTests
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_user_is_created_once_however_the_address_is_spelt(Database database)
    {
        await using var server = new Server(database);
        var client = server.Anonymous();
        var created = await client.PostAsync("/users", Server.NewUser("ana"));
        Assert.Equal(201, (int)created.Status);
        Assert.Equal(["id", "email", "created_at"], created.Json.AsObject().Select(x => x.Key));
        Assert.Equal("ana@example.org", (string)(await client.GetAsync("/users/1"))["email"]!);
        (await client.PostAsync("/users", Server.NewUser("ANA"))).Refused(409);
        (await client.GetAsync("/users/99")).Refused(404);
        (await client.GetAsync("/users/nope")).Refused(422);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Of_many_who_take_an_address_at_once_exactly_one_gets_it(Database database)
    {
        await using var server = new Server(database);
        var client = server.Anonymous();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => client.PostAsync("/users", Server.NewUser("ana")))
        );
        Assert.Single(answers, x => (int)x.Status == 201);
        Assert.All(answers.Where(x => (int)x.Status != 201), x => x.Refused(409));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_wrong_address_and_a_wrong_password_are_told_alike(Database database)
    {
        await using var server = new Server(database);
        var client = server.Anonymous();
        await client.PostAsync("/users", Server.NewUser("ana"));
        var token = await client.FormAsync("/login", "ana@example.org", Server.Password);
        Assert.Equal("bearer", (string)token["token_type"]!);
        var wrong = await client.FormAsync("/login", "ana@example.org", "x");
        var unknown = await client.FormAsync("/login", "bob@example.org", Server.Password);
        Assert.Equal("Invalid credentials", wrong.Refused(404));
        Assert.Equal("Invalid credentials", unknown.Refused(404));
        (await client.FormAsync("/login", "", "")).Refused(422);
    }

    [Theory]
    [InlineData("nonsense", "correct horse", "email")]
    [InlineData("a\0@example.org", "correct horse", "email")]
    [InlineData("a@example.org", "short", "password")]
    [InlineData("a@example.org", "correct\0horse", "password")]
    [InlineData("a@example.org", null, "password")]
    public async Task A_user_that_is_not_right_is_422(string email, string? password, string field)
    {
        await using var server = new Server(Database.Postgres);
        var answer = await server.Anonymous().PostAsync("/users", new { email, password });
        Assert.Contains(field, answer.Refused(422), StringComparison.Ordinal);
        Assert.NotNull(answer["errors"]![field]);
    }
}
