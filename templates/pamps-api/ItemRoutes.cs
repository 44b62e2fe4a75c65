using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pamps.Auth;

namespace Template._1;

internal static class ItemRoutes
{
    public static void MapItems(this WebApplication app)
    {
        var routes = app.MapGroup("/items").WithTags("items");
        routes.MapGet("", ListAsync).WithSummary("List items by id").ProducesValidationProblem(422);
        routes
            .MapGet("{id:long}", FindAsync)
            .WithSummary("Find an item")
            .Produces<ItemJson>()
            .ProducesProblem(404);
        routes
            .MapPost("", AddAsync)
            .WithSummary("Add an item of your own")
            .RequireAuthorization()
            .Produces<ItemJson>(201)
            .ProducesProblem(401)
            .ProducesProblem(415)
            .ProducesValidationProblem(422);
    }

    private static Task<List<ItemJson>> ListAsync(
        Items items,
        CancellationToken stop,
        [Description("How many at most"), Range(1, 100)] int limit = 50,
        [Description("The last id of the page before")] long after = 0
    ) => items.ListAsync(limit, after, stop);

    private static async Task<IResult> FindAsync(long id, Items items, CancellationToken stop) =>
        await items.FindAsync(id, stop) is { } item
            ? TypedResults.Ok(item)
            : TypedResults.Problem("There is no such item", statusCode: 404);

    private static async Task<IResult> AddAsync(
        NewItem body,
        SignedIn me,
        Items items,
        CancellationToken stop
    )
    {
        var item = await items.AddAsync(body, me, stop);
        return TypedResults.Created($"/items/{item.Id}", item);
    }
}

// Public, because the generator of the checks passes over what is not.

/// <example>{ "name": "Coffee", "price": 12.34 }</example>
public sealed record NewItem
{
    [StringLength(100, MinimumLength = 1), OneLine]
    public required string Name { get; init; }

    [Range(0.0, 1_000_000.0)]
    public required decimal Price { get; init; }
}

/// <example>
/// {
///   "id": 7, "name": "Coffee", "owner": "ana", "price": 12.34,
///   "created": "2026-10-30T11:05:02.417Z", "updated": "2026-10-30T11:05:02.417Z"
/// }
/// </example>
internal sealed record ItemJson(
    long Id,
    string Name,
    string Owner,
    decimal Price,
    DateTimeOffset Created,
    DateTimeOffset Updated
);
