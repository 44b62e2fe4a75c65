using Pamps.Auth;

namespace Template._1;

/// <summary>Where items live.</summary>
internal sealed class Items(TimeProvider time)
{
    private readonly Lock guard = new();
    private readonly List<ItemJson> items = [];
    private long last;

    public Task<ItemJson> AddAsync(NewItem body, SignedIn owner, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        lock (guard)
        {
            var item = new ItemJson(++last, body.Name, owner.Username, body.Price, now, now);
            items.Add(item);
            return Task.FromResult(item);
        }
    }

    public Task<ItemJson?> FindAsync(long id, CancellationToken stop)
    {
        lock (guard)
        {
            return Task.FromResult(items.Find(x => x.Id == id));
        }
    }

    public Task<List<ItemJson>> ListAsync(int limit, long after, CancellationToken stop)
    {
        lock (guard)
        {
            return Task.FromResult(items.Where(x => x.Id > after).Take(limit).ToList());
        }
    }
}
