namespace Blog.Tests;

public sealed class BlogDocumentationTests : DocumentationTests, IAsyncDisposable
{
    private readonly Server server = new(Database.Sqlite);

    internal override Client Anonymous => server.Anonymous();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Its_sections_are_users_and_posts() =>
        Assert.Equal(["users", "posts"], (await Anonymous.DocumentationAsync()).Sections);

    [Fact]
    public async Task Its_examples_succeed_when_they_are_tried()
    {
        await TryAsync(Anonymous, "POST", "/users");
        var token = await TryAsync(Anonymous, "POST", "/login");
        var ana = Anonymous.With((string)token["access_token"]!);
        await TryAsync(ana, "POST", "/posts");
        await TryAsync(ana, "PUT", "/posts/1");
        await TryAsync(ana, "PATCH", "/posts/1");
    }
}
