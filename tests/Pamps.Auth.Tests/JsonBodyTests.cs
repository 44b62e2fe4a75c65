using System.Net;
using System.Text;

namespace Pamps.Auth.Tests;

public class JsonBodyTests
{
    public static TheoryData<string> Paths => ["/refresh_token", "/logout"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_body_without_a_string_for_the_token_is_422(string path)
    {
        await using var host = await TestHost.StartAsync();
        string[] bodies =
        [
            "",
            "{",
            "{}",
            "[]",
            "null",
            "\"x\"",
            """{"refresh_token":null}""",
            """{"refresh_token":5}""",
            """{"refreshToken":"x"}""",
            """{"refresh_token":"\ud800"}""",
        ];
        foreach (var body in bodies)
        {
            var answer = await PostAsync(host, path, body, "application/json");
            Assert.Equal((body, HttpStatusCode.UnprocessableEntity), (body, answer.Status));
            Assert.Equal(["refresh_token"], answer.Fields);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_string_that_is_no_token_is_401(string path)
    {
        await using var host = await TestHost.StartAsync();
        string[] tokens = ["", "x", "a.b.c", "a.b.c.d.e", """\u0000"""];
        foreach (var token in tokens)
        {
            var body = $$"""{"refresh_token":"{{token}}"}""";
            var answer = await PostAsync(host, path, body, "application/json; charset=utf-8");
            Assert.True(answer.Status is HttpStatusCode.Unauthorized, $"{token}: {answer.Status}");
            Assert.Equal("Bearer", answer.Challenge);
            Assert.Equal("Could not validate credentials", answer.Detail);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_is_not_JSON_by_its_type_is_415(string path)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await PostAsync(host, path, """{"refresh_token":"x"}""", "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    private static Task<Answer> PostAsync(TestHost host, string path, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return host.SendAsync(new(HttpMethod.Post, path) { Content = content });
    }
}
