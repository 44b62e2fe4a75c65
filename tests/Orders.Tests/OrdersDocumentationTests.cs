namespace Orders.Tests;

public sealed class OrdersDocumentationTests : DocumentationTests, IAsyncDisposable
{
    private readonly Server server = new();

    internal override Client Anonymous => server.Anonymous();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task It_authorizes_with_the_form()
    {
        var document = (await Anonymous.DocumentationAsync()).Json;
        var scheme = document["components"]!["securitySchemes"]!["OAuth2PasswordBearer"]!;
        Assert.Equal("/auth/login-form", (string)scheme["flows"]!["password"]!["tokenUrl"]!);
        Assert.NotNull(document["paths"]!["/orders/order"]!["post"]!["security"]);
    }

    [Fact]
    public async Task Its_sections_are_accounts_and_orders() =>
        Assert.Equal(["auth", "orders"], (await Anonymous.DocumentationAsync()).Sections);

    [Fact]
    public async Task Its_examples_succeed_when_they_are_tried()
    {
        await TryAsync(Anonymous, "POST", "/auth/create_account");
        await TryAsync(Anonymous, "POST", "/auth/login");
        var tokens = await TryAsync(Anonymous, "POST", "/auth/login-form");
        var ana = Anonymous.With((string)tokens["access_token"]!);
        await ana.PostAsync("/orders/order");
        await TryAsync(ana, "POST", "/orders/order/1/items");
    }
}
