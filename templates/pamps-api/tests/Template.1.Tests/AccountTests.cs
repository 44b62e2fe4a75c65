using System.Net;
using System.Net.Http.Json;
using static Template._1.Tests.Server;

namespace Template._1.Tests;

public class AccountTests(Server server) : IClassFixture<Server>
{
    private readonly HttpClient client = server.CreateClient();

    [Fact]
    public async Task Whoever_registers_gets_the_account_without_its_password()
    {
        var name = NewName();

        using var answer = await client.PostAsJsonAsync("/accounts", NewAccount(name), Stop);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var account = await JsonAsync(answer);
        Assert.Equal(name, account.GetProperty("username").GetString());
        Assert.Equal($"{name}@example.org", account.GetProperty("email").GetString());
        Assert.Equal(["id", "username", "email"], account.EnumerateObject().Select(x => x.Name));
    }

    [Theory]
    [InlineData("same", "other@example.org")]
    [InlineData("other", "Same@Example.org")]
    public async Task A_taken_username_or_address_is_409(string username, string email)
    {
        using var first = await client.PostAsJsonAsync("/accounts", NewAccount("same"), Stop);

        using var answer = await client.PostAsJsonAsync(
            "/accounts",
            new
            {
                username,
                email,
                password = Password,
            },
            Stop
        );

        await DetailAsync(answer, 409);
    }

    [Theory]
    [InlineData("Ana", "ana@example.org", "correct horse", "username")]
    [InlineData("ana", "nowhere", "correct horse", "email")]
    [InlineData("ana", "ana@example.org\0", "correct horse", "email")]
    [InlineData("ana", "ana@example.org", "short", "password")]
    [InlineData(null, "ana@example.org", "correct horse", "username")]
    public async Task Bad_input_is_422_and_says_what_is_wrong(
        string? username,
        string email,
        string password,
        string wrong
    )
    {
        var body = new
        {
            username,
            email,
            password,
        };

        using var answer = await client.PostAsJsonAsync("/accounts", body, Stop);

        Assert.Contains(wrong, await DetailAsync(answer, 422), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_token_opens_me()
    {
        var name = NewName();
        using var ana = await server.SignInAsync(name);

        using var answer = await ana.GetAsync("/me", Stop);

        Assert.Equal(name, (await JsonAsync(answer)).GetProperty("username").GetString());
    }

    [Fact]
    public async Task The_email_address_signs_in_too()
    {
        var name = NewName();
        using var _ = await server.SignInAsync(name);

        using var answer = await SignInAsync($"{name}@Example.org", Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_401()
    {
        var name = NewName();
        using var _ = await server.SignInAsync(name);

        using var answer = await SignInAsync(name, "wrong horse");

        await DetailAsync(answer, 401);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nonsense")]
    public async Task Without_a_good_token_me_is_401_with_its_header(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await client.SendAsync(request, Stop);

        await DetailAsync(answer, 401);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    private async Task<HttpResponseMessage> SignInAsync(string name, string password)
    {
        var form = new Dictionary<string, string> { ["username"] = name, ["password"] = password };
        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync("/token", content, Stop);
    }
}
