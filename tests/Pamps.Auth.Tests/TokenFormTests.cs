using System.Net;
using System.Text;

namespace Pamps.Auth.Tests;

public class TokenFormTests
{
    [Theory]
    [InlineData("ana", "", "password")]
    [InlineData("", TestHost.Password, "username")]
    [InlineData("", "", "username,password")]
    public async Task An_empty_field_is_named_in_a_422(string name, string password, string fields)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.SignInAsync(name, password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(fields.Split(','), answer.Fields);
        Assert.Equal("t", answer.Json.GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task An_empty_form_and_a_field_given_twice_are_422()
    {
        await using var host = await TestHost.StartAsync();
        var empty = await host.FormAsync(null);
        var twice = await host.FormAsync(
            null,
            ("username", "ana"),
            ("username", "bea"),
            ("password", TestHost.Password)
        );
        Assert.Equal(["username", "password"], empty.Fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.Equal(["username"], twice.Fields);
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("password", HttpStatusCode.OK)]
    [InlineData("Password", HttpStatusCode.UnprocessableEntity)]
    [InlineData("client_credentials", HttpStatusCode.UnprocessableEntity)]
    public async Task The_grant_type_is_password_or_empty(string grant, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.FormAsync(
            null,
            ("username", "ana"),
            ("password", TestHost.Password),
            ("grant_type", grant),
            ("scope", "x"),
            ("client_id", "y"),
            ("client_secret", "z")
        );
        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "username=ana", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data", "x", HttpStatusCode.UnprocessableEntity)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nx", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_not_a_form_is_415_and_a_broken_one_422(
        string type,
        string body,
        HttpStatusCode expected
    )
    {
        await using var host = await TestHost.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var answer = await host.SendAsync(new(HttpMethod.Post, "/token") { Content = content });
        Assert.Equal(expected, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Fact]
    public async Task No_body_at_all_is_415()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.SendAsync(new(HttpMethod.Post, "/token"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("t", answer.Json.GetProperty("trace_id").GetString());
    }
}
