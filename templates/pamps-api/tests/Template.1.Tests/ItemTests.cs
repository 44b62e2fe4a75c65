using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static Template._1.Tests.Server;

namespace Template._1.Tests;

public class ItemTests(Server server) : IClassFixture<Server>
{
    private readonly HttpClient client = server.CreateClient();

    [Fact]
    public async Task Who_is_signed_in_adds_items_and_everybody_reads_them()
    {
        var name = NewName();
        using var ana = await server.SignInAsync(name);

        using var made = await ana.PostAsJsonAsync("/items", new { name = "Coffee", price = 12.34m }, Stop);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var item = await JsonAsync(made);
        Assert.Equal("Coffee", item.GetProperty("name").GetString());
        Assert.Equal(name, item.GetProperty("owner").GetString());
        Assert.Equal(12.34m, item.GetProperty("price").GetDecimal());
        Assert.Equal(item.GetProperty("created").GetDateTime(), item.GetProperty("updated").GetDateTime());
        using var found = await client.GetAsync(made.Headers.Location, Stop);
        Assert.Equal(item.ToString(), (await JsonAsync(found)).ToString());
    }

    [Fact]
    public async Task The_list_is_read_page_by_page()
    {
        using var ana = await server.SignInAsync(NewName());
        for (var i = 0; i < 3; i++)
        {
            using var made = await ana.PostAsJsonAsync("/items", new { name = $"Item {i}", price = i }, Stop);
            made.EnsureSuccessStatusCode();
        }

        var all = await ListAsync("/items?limit=100");
        var first = await ListAsync("/items?limit=2");
        var second = await ListAsync($"/items?limit=2&after={first[^1]}");

        Assert.Equal(all.Order(), all);
        Assert.Equal(all[..2], first);
        Assert.Equal(all[2], second[0]);
    }

    [Fact]
    public async Task Without_a_token_adding_is_401_with_its_header()
    {
        using var answer = await client.PostAsJsonAsync("/items", new { name = "Coffee", price = 1 }, Stop);

        await DetailAsync(answer, 401);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("""{ "name": "", "price": 1 }""", 422)]
    [InlineData("""{ "name": "a\u0000b", "price": 1 }""", 422)]
    [InlineData("""{ "name": "\ud800", "price": 1 }""", 422)]
    [InlineData("""{ "name": null, "price": 1 }""", 422)]
    [InlineData("""{ "name": "Coffee", "price": -0.01 }""", 422)]
    [InlineData("""{ "name": "Coffee", "price": "much" }""", 422)]
    [InlineData("""{ "name": "Coffee", "price": "12" }""", 422)]
    [InlineData("""{ "name": "Coffee" }""", 422)]
    [InlineData("""{ "name": """, 422)]
    [InlineData("null", 422)]
    [InlineData("", 422)]
    [InlineData("name=Coffee", 415, "application/x-www-form-urlencoded")]
    public async Task Bad_input_is_refused(string body, int status, string type = "application/json")
    {
        using var ana = await server.SignInAsync(NewName());
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var answer = await ana.PostAsync("/items", content, Stop);

        await DetailAsync(answer, status);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        using var ana = await server.SignInAsync(NewName());

        using var answer = await ana.PostAsJsonAsync("/items", new { name = "Coffee" }, Stop);

        Assert.Equal("price is required.", await DetailAsync(answer, 422));
    }

    [Fact]
    public async Task A_name_of_100_characters_is_good_and_one_more_is_not()
    {
        using var ana = await server.SignInAsync(NewName());

        using var good = await ana.PostAsJsonAsync(
            "/items",
            new { name = new string('x', 100), price = 0 },
            Stop
        );
        using var bad = await ana.PostAsJsonAsync(
            "/items",
            new { name = new string('x', 101), price = 0 },
            Stop
        );

        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
        await DetailAsync(bad, 422);
    }

    [Theory]
    [InlineData("/items?limit=0", 422)]
    [InlineData("/items?limit=101", 422)]
    [InlineData("/items?after=x", 422)]
    [InlineData("/items/0", 404)]
    [InlineData("/items/x", 404)]
    [InlineData("/nothing", 404)]
    public async Task What_is_not_there_or_not_right_is_a_problem(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");

        using var answer = await client.SendAsync(request, Stop);

        await DetailAsync(answer, status);
    }

    [Fact]
    public async Task A_wrong_method_is_405()
    {
        using var answer = await client.DeleteAsync("/items", Stop);

        await DetailAsync(answer, 405);
    }

    private async Task<long[]> ListAsync(string path)
    {
        var items = await client.GetFromJsonAsync<JsonElement>(path, Stop);
        return [.. items.EnumerateArray().Select(x => x.GetProperty("id").GetInt64())];
    }
}
