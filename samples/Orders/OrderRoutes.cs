using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Orders;

/// <summary>
/// Somebody else's order is 404 and not 403: ids are counted, and 403 would tell anybody how many orders there are.
/// </summary>
internal static class OrderRoutes
{
    public static void MapOrders(this WebApplication app)
    {
        var orders = app.MapGroup("/orders").WithTags("orders").RequireAuthorization();
        orders.MapGet("/", List);
        orders.MapGet("/{id}", FindAsync);
        orders.MapPost("/order", CreateAsync);
        orders.MapPost("/order/{id}/items", AddItemAsync);
        orders.MapDelete("/items/{id}", RemoveItemAsync);
        orders.MapPost("/order/{id}/cancel", CancelAsync);
        orders.MapPost("/order/{id}/finish", FinishAsync);
    }

    private static IAsyncEnumerable<OrderJson> List(
        OrdersDb db,
        SignedIn me,
        [AllowedValues(null, Order.Pending, Order.Cancelled, Order.Finished)] string? status = null,
        [Range(1, 100)] int limit = 50,
        long before = long.MaxValue
    ) =>
        Visible(db, me)
            .Where(x => x.Id < before && (status == null || x.Status == status))
            .OrderByDescending(x => x.Id)
            .Take(limit)
            .AsAsyncEnumerable()
            .Select(OrderJson.Of);

    private static async Task<IResult> FindAsync(long id, OrdersDb db, SignedIn me) =>
        await Visible(db, me).FirstOrDefaultAsync(x => x.Id == id) is { } order
            ? TypedResults.Ok(OrderJson.Of(order))
            : NoSuchOrder();

    private static async Task<IResult> CreateAsync(OrdersDb db, SignedIn me, TimeProvider time)
    {
        var order = new Order { UserId = me.AccountId, Created = time.GetUtcNow() };
        db.Add(order);
        await db.SaveChangesAsync();
        return TypedResults.Created($"/orders/{order.Id}", OrderJson.Of(order));
    }

    private static Task<IResult> AddItemAsync(long id, NewItem body, OrdersDb db, SignedIn me) =>
        ChangeAsync(db, me, order => order.Id == id, order => order.Items.Add(body.ToItem()));

    private static Task<IResult> RemoveItemAsync(long id, OrdersDb db, SignedIn me) =>
        ChangeAsync(
            db,
            me,
            order => order.Items.Any(x => x.Id == id),
            order => order.Items.RemoveAll(x => x.Id == id)
        );

    private static Task<IResult> CancelAsync(long id, OrdersDb db, SignedIn me) =>
        ChangeAsync(db, me, order => order.Id == id, order => order.Status = Order.Cancelled);

    private static Task<IResult> FinishAsync(long id, OrdersDb db, SignedIn me) =>
        ChangeAsync(db, me, order => order.Id == id, order => order.Status = Order.Finished);

    private static async Task<IResult> ChangeAsync(
        OrdersDb db,
        SignedIn me,
        Expression<Func<Order, bool>> which,
        Action<Order> change
    )
    {
        // SQLite has one writer at a time, and this becomes it: what is read below stays so until the commit.
        await using var transaction = await db.Database.BeginTransactionAsync();
        var order = await Visible(db, me).FirstOrDefaultAsync(which);
        if (order is null)
        {
            return NoSuchOrder();
        }
        if (order.Status != Order.Pending)
        {
            return Problems.Refuse(409, $"The order is {order.Status}, only {Order.Pending} may change");
        }
        change(order);
        if (order.Items.Count > Order.MaxItems)
        {
            return Problems.Refuse(409, $"An order has at most {Order.MaxItems} items");
        }
        order.Total = order.Items.Sum(x => x.Quantity * x.UnitPrice);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return TypedResults.Ok(OrderJson.Of(order));
    }

    private static IQueryable<Order> Visible(OrdersDb db, SignedIn me) =>
        db.Orders.Include(x => x.Items).Where(x => me.Superuser || x.UserId == me.AccountId);

    private static IResult NoSuchOrder() => Problems.Refuse(404, "There is no such order of yours");
}

public sealed record NewItem(
    [Required, StringLength(200)] string Name,
    [Range(1, 10_000)] int Quantity,
    [Price] decimal UnitPrice
)
{
    internal Item ToItem() => new(0, Name, Quantity, UnitPrice);
}

/// <summary>No fractions of a cent, which nobody could pay.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PriceAttribute() : ValidationAttribute("{0} is 0 to 1000000 with at most two decimals")
{
    public override bool IsValid(object? value) =>
        value is decimal and >= 0 and <= 1_000_000 and var price && decimal.Round(price, 2) == price;
}

internal sealed record OrderJson(
    long Id,
    string Status,
    decimal Total,
    DateTimeOffset Created,
    List<Item> Items
)
{
    public static OrderJson Of(Order order) =>
        new(order.Id, order.Status, order.Total, order.Created, order.Items);
}
