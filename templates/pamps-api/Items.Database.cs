using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Template._1;

/// <summary>A row of the table of items.</summary>
internal sealed class Item
{
    public long Id { get; init; }
    public required string Name { get; set; }
    public required long OwnerId { get; init; }
    public User? Owner { get; init; }
    public required decimal Price { get; set; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset Updated { get; set; }
}

/// <summary>Where items live.</summary>
internal sealed class Items(Database database, TimeProvider time)
{
    public async Task<ItemJson> AddAsync(NewItem body, SignedIn owner, CancellationToken stop)
    {
        var now = Now();
        var item = new Item
        {
            Name = body.Name,
            OwnerId = owner.AccountId,
            Price = body.Price,
            Created = now,
            Updated = now,
        };
        database.Add(item);
        await database.SaveChangesAsync(stop);
        return new ItemJson(item.Id, item.Name, owner.Username, item.Price, now, now);
    }

    public Task<ItemJson?> FindAsync(long id, CancellationToken stop) =>
        Json(database.Items.Where(x => x.Id == id)).FirstOrDefaultAsync(stop);

    public Task<List<ItemJson>> ListAsync(int limit, long after, CancellationToken stop) =>
        Json(database.Items.Where(x => x.Id > after).OrderBy(x => x.Id).Take(limit)).ToListAsync(stop);

    private static IQueryable<ItemJson> Json(IQueryable<Item> items) =>
        items.Select(x => new ItemJson(x.Id, x.Name, x.Owner!.Username, x.Price, x.Created, x.Updated));

    /// <summary>To the millisecond: a database may keep less than .NET, and would answer another time later.</summary>
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
