namespace Orders.Tests;

public class AccountTests
{
    [Fact]
    public async Task An_account_is_created_once_however_its_address_is_spelt()
    {
        await using var server = new Server();
        var created = await server.Anonymous().PostAsync("/auth/create_account", Server.NewAccount("ana"));
        Assert.Equal(201, (int)created.Status);
        Assert.NotEmpty((string)created["message"]!);
        var again = await server.Anonymous().PostAsync("/auth/create_account", Server.NewAccount("ANA"));
        again.Refused(409);
    }

    [Fact]
    public async Task Of_many_who_take_an_address_at_once_exactly_one_gets_it()
    {
        await using var server = new Server();
        var client = server.Anonymous();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => client.PostAsync("/auth/create_account", Server.NewAccount("ana")))
        );
        Assert.Single(answers, x => (int)x.Status == 201);
        Assert.All(answers.Where(x => (int)x.Status != 201), x => x.Refused(409));
    }

    [Theory]
    [InlineData("", "a@example.org", "correct horse", "name")]
    [InlineData("Ana", "nonsense", "correct horse", "email")]
    [InlineData("Ana", "a@example.org", "short", "password")]
    [InlineData("Ana", "a@example.org", "correct\0horse", "password")]
    [InlineData("Ana", "a@example.org", null, "password")]
    public async Task An_account_that_is_not_right_is_422(
        string name,
        string email,
        string? password,
        string field
    )
    {
        await using var server = new Server();
        var body = new
        {
            name,
            email,
            password,
        };
        var answer = await server.Anonymous().PostAsync("/auth/create_account", body);
        Assert.Contains(field, answer.Refused(422), StringComparison.Ordinal);
        Assert.NotNull(answer["errors"]![field]);
    }

    [Fact]
    public async Task Nobody_makes_themselves_an_admin()
    {
        await using var server = new Server();
        var mine = await server.RegisterAsync("ana");
        await mine.PostAsync("/orders/order");
        var client = server.Anonymous();
        await client.PostAsync(
            "/auth/create_account",
            new
            {
                name = "Eve",
                email = "eve@example.org",
                password = Server.Password,
                admin = true,
            }
        );
        var tokens = await client.FormAsync("/auth/login-form", "eve@example.org", Server.Password);
        var eve = client.With((string)tokens["access_token"]!);
        Assert.Empty((await eve.GetAsync("/orders/")).Ids);
    }

    [Fact]
    public async Task An_unknown_address_is_404_and_a_wrong_password_401()
    {
        await using var server = new Server();
        await server.RegisterAsync("ana");
        var client = server.Anonymous();
        var unknown = await client.PostAsync(
            "/auth/login",
            new { email = "bob@example.org", password = Server.Password }
        );
        Assert.Equal("user not found", unknown.Refused(404));
        var wrong = await client.PostAsync("/auth/login", new { email = "ana@example.org", password = "x" });
        wrong.Refused(401);
        (await client.FormAsync("/auth/login-form", "ana@example.org", "x")).Refused(401);
        (await client.FormAsync("/auth/login-form", "", "")).Refused(422);
        Assert.Equal(
            "email is required. password is required.",
            (await client.PostAsync("/auth/login", new { })).Refused(422)
        );
    }

    [Fact]
    public async Task Many_wrong_passwords_are_429()
    {
        await using var server = new Server();
        await server.RegisterAsync("ana");
        var client = server.Anonymous();
        for (var i = 0; i < 10; i++)
        {
            (await client.FormAsync("/auth/login-form", "ana@example.org", "x")).Refused(401);
        }
        (await client.FormAsync("/auth/login-form", "ana@example.org", Server.Password)).Refused(429);
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_an_access_token_is_none()
    {
        await using var server = new Server();
        await server.RegisterAsync("ana");
        var client = server.Anonymous();
        var tokens = await client.FormAsync("/auth/login-form", "ana@example.org", Server.Password);
        Assert.Equal("Bearer", (string)tokens["token_type"]!);
        var refresh = client.With((string)tokens["refresh_token"]!);
        var next = await refresh.GetAsync("/auth/refresh");
        Assert.Equal(200, (int)next.Status);
        var me = client.With((string)next["access_token"]!);
        Assert.Equal(200, (int)(await me.GetAsync("/orders/")).Status);
        (await me.GetAsync("/auth/refresh")).Refused(401);
        (await client.GetAsync("/auth/refresh")).Refused(401);
        (await refresh.GetAsync("/orders/")).Refused(401);
        (await refresh.GetAsync("/auth/refresh")).Refused(401);
    }

    [Fact]
    public async Task An_account_that_is_not_active_is_let_in_nowhere()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        server.Run("UPDATE Users SET Active = 0");
        (await ana.GetAsync("/orders/")).Refused(401);
        (await ana.FormAsync("/auth/login-form", "ana@example.org", Server.Password)).Refused(404);
    }
}
