using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
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
        var orders = app.MapGroup("/orders").WithTags("orders").RequireAuthorization().ProducesProblem(401);
        orders
            .MapGet("/", List)
            .WithSummary("List your orders, the newest first; an admin's list has everybody's")
            .ProducesValidationProblem(422);
        orders.MapPost("/order", CreateAsync).WithSummary("Open an order").Produces<OrderJson>(201);

        var one = orders.MapGroup("").ProducesProblem(404).ProducesValidationProblem(422);
        one.MapGet("/{id}", FindAsync).WithSummary("Find an order").Produces<OrderJson>();
        one.MapPost("/order/{id}/items", AddItemAsync)
            .WithSummary("Put an item into an order")
            .Produces<OrderJson>()
            .ProducesProblem(409)
            .ProducesProblem(415);
        one.MapDelete("/items/{id}", RemoveItemAsync)
            .WithSummary("Take an item out of its order")
            .Produces<OrderJson>()
            .ProducesProblem(409);
        one.MapPost("/order/{id}/cancel", CancelAsync)
            .WithSummary("Cancel an order")
            .Produces<OrderJson>()
            .ProducesProblem(409);
        one.MapPost("/order/{id}/finish", FinishAsync)
            .WithSummary("Finish an order")
            .Produces<OrderJson>()
            .ProducesProblem(409);
    }

    private static IAsyncEnumerable<OrderJson> List(
        OrdersDb db,
        SignedIn me,
        [Description("Only those that are " + Order.Statuses)]
        [AllowedValues(
            null,
            Order.Pending,
            Order.Cancelled,
            Order.Finished,
            ErrorMessage = "{0} is " + Order.Statuses + "."
        )]
            string? status = null,
        [Description("How many at most"), Range(1, 100)] int limit = 50,
        [Description("The last id of the page before")] long? before = null
    ) =>
        Visible(db, me)
            .Where(x => (before == null || x.Id < before) && (status == null || x.Status == status))
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
            return Conflict($"The order is {order.Status}, only {Order.Pending} may change");
        }
        change(order);
        if (order.Items.Count > Order.MaxItems)
        {
            return Conflict($"An order has at most {Order.MaxItems} items");
        }
        order.Total = order.Items.Sum(x => x.Quantity * x.UnitPrice);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return TypedResults.Ok(OrderJson.Of(order));
    }

    private static IQueryable<Order> Visible(OrdersDb db, SignedIn me) =>
        db.Orders.Include(x => x.Items).Where(x => me.Superuser || x.UserId == me.AccountId);

    private static ProblemHttpResult NoSuchOrder() =>
        TypedResults.Problem("There is no such order of yours", statusCode: 404);

    private static ProblemHttpResult Conflict(string detail) => TypedResults.Problem(detail, statusCode: 409);
}

/// <example>{ "name": "Tea", "quantity": 3, "unit_price": 2.10 }</example>
public sealed record NewItem
{
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    [Range(1, 10_000)]
    public required int Quantity { get; init; }

    [Price]
    public required decimal UnitPrice { get; init; }

    internal Item ToItem() => new(0, Name, Quantity, UnitPrice);
}

/// <summary>No fractions of a cent, which nobody could pay.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PriceAttribute : RangeAttribute
{
    public PriceAttribute()
        : base(0.0, 1_000_000.0) => ErrorMessage = "{0} is 0 to 1000000 with at most two decimals.";

    public override bool IsValid(object? value) =>
        base.IsValid(value) && value is decimal price && decimal.Round(price, 2) == price;
}

/// <example>
/// {
///   "id": 1, "status": "pendente", "total": 6.30, "created": "2026-10-30T11:05:02.417Z",
///   "items": [{ "id": 1, "name": "Tea", "quantity": 3, "unit_price": 2.10 }]
/// }
/// </example>
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
