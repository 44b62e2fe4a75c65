namespace Orders.Tests;

public class OrderTests
{
    private static readonly object Tea = new
    {
        name = "Tea",
        quantity = 3,
        unit_price = 0.1m,
    };

    [Fact]
    public async Task The_server_keeps_the_total_to_the_cent()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        var order = await ana.PostAsync("/orders/order");
        Assert.Equal(201, (int)order.Status);
        Assert.Equal("pendente", (string)order["status"]!);
        Assert.Equal(0.3m, (decimal)(await ana.PostAsync("/orders/order/1/items", Tea))["total"]!);
        var cup = new
        {
            name = "Cup",
            quantity = 1,
            unit_price = 9.99m,
        };
        Assert.Equal(10.29m, (decimal)(await ana.PostAsync("/orders/order/1/items", cup))["total"]!);
        Assert.Equal(9.99m, (decimal)(await ana.DeleteAsync("/orders/items/1"))["total"]!);
        var kept = await ana.GetAsync("/orders/1");
        Assert.Equal(9.99m, (decimal)kept["total"]!);
        Assert.Equal("Cup", (string)Assert.Single(kept["items"]!.AsArray())!["name"]!);
    }

    [Fact]
    public async Task Items_that_come_at_once_are_all_in_the_total()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        await ana.PostAsync("/orders/order");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ana.PostAsync("/orders/order/1/items", Tea)));
        var order = await ana.GetAsync("/orders/1");
        Assert.Equal(10, order["items"]!.AsArray().Count);
        Assert.Equal(3m, (decimal)order["total"]!);
    }

    [Theory]
    [InlineData("cancel", "cancelado")]
    [InlineData("finish", "finalizado")]
    public async Task Only_a_pending_order_changes(string verb, string status)
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        await ana.PostAsync("/orders/order");
        await ana.PostAsync("/orders/order/1/items", Tea);
        Assert.Equal(status, (string)(await ana.PostAsync($"/orders/order/1/{verb}"))["status"]!);
        (await ana.PostAsync("/orders/order/1/items", Tea)).Refused(409);
        (await ana.DeleteAsync("/orders/items/1")).Refused(409);
        (await ana.PostAsync("/orders/order/1/cancel")).Refused(409);
        (await ana.PostAsync("/orders/order/1/finish")).Refused(409);
        Assert.Equal(status, (string)(await ana.GetAsync("/orders/1"))["status"]!);
    }

    [Fact]
    public async Task Of_a_cancel_and_a_finish_at_once_one_wins()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        await ana.PostAsync("/orders/order");
        var answers = await Task.WhenAll(
            new[] { "cancel", "finish", "cancel", "finish" }.Select(x =>
                ana.PostAsync($"/orders/order/1/{x}")
            )
        );
        Assert.Single(answers, x => (int)x.Status == 200);
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_there()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        var bob = await server.RegisterAsync("bob");
        await ana.PostAsync("/orders/order");
        await ana.PostAsync("/orders/order/1/items", Tea);
        var none = (await bob.GetAsync("/orders/99")).Refused(404);
        Assert.Equal(none, (await bob.GetAsync("/orders/1")).Refused(404));
        Assert.Equal(none, (await bob.PostAsync("/orders/order/1/items", Tea)).Refused(404));
        Assert.Equal(none, (await bob.DeleteAsync("/orders/items/1")).Refused(404));
        Assert.Equal(none, (await bob.PostAsync("/orders/order/1/cancel")).Refused(404));
        Assert.Equal(none, (await bob.PostAsync("/orders/order/1/finish")).Refused(404));
        Assert.Empty((await bob.GetAsync("/orders/")).Ids);
    }

    [Fact]
    public async Task An_admin_sees_all_orders()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        var boss = await server.RegisterAsync("boss");
        server.Run("UPDATE Users SET Admin = 1 WHERE Email = 'boss@example.org'");
        await ana.PostAsync("/orders/order");
        await boss.PostAsync("/orders/order");
        await ana.PostAsync("/orders/order/1/finish");
        Assert.Equal([2, 1], (await boss.GetAsync("/orders/")).Ids);
        Assert.Equal([1], (await boss.GetAsync("/orders/?status=finalizado")).Ids);
        Assert.Equal([1], (await ana.GetAsync("/orders/")).Ids);
        Assert.Empty((await ana.GetAsync("/orders/?status=pendente")).Ids);
    }

    [Fact]
    public async Task Lists_come_page_by_page()
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        for (var i = 0; i < 3; i++)
        {
            await ana.PostAsync("/orders/order");
        }
        Assert.Equal([3, 2], (await ana.GetAsync("/orders/?limit=2")).Ids);
        Assert.Equal([1], (await ana.GetAsync("/orders/?limit=2&before=2")).Ids);
        (await ana.GetAsync("/orders/?limit=0")).Refused(422);
        (await ana.GetAsync("/orders/?limit=101")).Refused(422);
        Assert.Equal(
            "status is pendente, cancelado or finalizado.",
            (await ana.GetAsync("/orders/?status=nope")).Refused(422)
        );
        Assert.Equal("id has the wrong type.", (await ana.GetAsync("/orders/nope")).Refused(422));
    }

    [Theory]
    [InlineData("", 1, "1")]
    [InlineData("Tea", 0, "1")]
    [InlineData("Tea", 1, "-0.01")]
    [InlineData("Tea", 1, "0.001")]
    [InlineData("Tea", 1, "1e300")]
    [InlineData("Tea", 1, "\"x\"")]
    [InlineData("Tea", 1, "null")]
    public async Task An_item_that_is_not_right_is_422(string name, int quantity, string price)
    {
        await using var server = new Server();
        var ana = await server.RegisterAsync("ana");
        await ana.PostAsync("/orders/order");
        var body = $$"""{"name": "{{name}}", "quantity": {{quantity}}, "unit_price": {{price}}}""";
        var json = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await ana.PostAsync("/orders/order/1/items", json);
        Assert.Contains(
            answer["errors"]!.AsObject().Single().Key,
            answer.Refused(422),
            StringComparison.Ordinal
        );
        Assert.Equal(0m, (decimal)(await ana.GetAsync("/orders/1"))["total"]!);
    }

    [Fact]
    public async Task Without_a_token_everything_about_orders_is_401()
    {
        await using var server = new Server();
        var nobody = server.Anonymous();
        (await nobody.GetAsync("/orders/")).Refused(401);
        (await nobody.GetAsync("/orders/1")).Refused(401);
        (await nobody.PostAsync("/orders/order")).Refused(401);
        (await nobody.PostAsync("/orders/order/1/items", Tea)).Refused(401);
        (await nobody.DeleteAsync("/orders/items/1")).Refused(401);
        (await nobody.PostAsync("/orders/order/1/cancel")).Refused(401);
        (await nobody.PostAsync("/orders/order/1/finish")).Refused(401);
        (await nobody.With("nonsense").GetAsync("/orders/")).Refused(401);
        (await nobody.GetAsync("/nowhere")).Refused(404);
    }
}
