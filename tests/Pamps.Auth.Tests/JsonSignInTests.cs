using System.Net;
using System.Text;

namespace Pamps.Auth.Tests;

public class JsonSignInTests
{
    [Fact]
    public async Task The_right_password_in_json_gives_tokens()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await PostAsync(host, $$"""{"username": "ana", "password": "{{TestHost.Password}}"}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/fresh", answer.Access)).Status);
        var wrong = await PostAsync(host, """{"username": "ana", "password": "wrong"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal("Incorrect username or password", wrong.Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"username": "ana"}""")]
    [InlineData("""{"username": "ana", "password": ""}""")]
    [InlineData("""{"username": "ana", "password": null}""")]
    [InlineData("""{"username": "ana", "password": "\ud800"}""")]
    public async Task A_body_that_is_not_one_is_refused(string body)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await PostAsync(host, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(["username", "password"], answer.Fields);
    }

    [Fact]
    public async Task A_form_is_another_endpoints()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await PostAsync(host, "username=ana", "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
    }

    private static Task<Answer> PostAsync(TestHost host, string body, string type = "application/json") =>
        host.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/login")
            {
                Content = new StringContent(body, Encoding.UTF8, type),
            }
        );
}
