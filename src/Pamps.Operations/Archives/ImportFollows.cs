using Microsoft.EntityFrameworkCore;
using Pamps.Core;
using Pamps.Core.Follows;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>Makes the account follow whom the archive's person follows, where somebody of that name is here. Nobody is notified.</summary>
internal sealed class ImportFollows(IWriteGate writes, FindArchived find, Ids ids)
{
    /// <summary>Writes those that are not here yet, all or none.</summary>
    /// <param name="follows">The follows; bounded.</param>
    /// <param name="owner">Who follows.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Result<Imported>> RunAsync(
        IReadOnlyList<ArchivedFollow> follows,
        ImportOwner owner,
        CancellationToken ct
    ) =>
        writes.RunAsync<Imported>(
            async (db, token) =>
            {
                if (!await db.Users.AnyAsync(x => x.Id == owner.UserId, token))
                {
                    return Error.UserNotFound;
                }
                var keys = follows.Select(x => Names.Key(x.Username)).Distinct().ToList();
                // Nobody follows themselves, not even under another name.
                var people = await db
                    .Users.Where(x => keys.Contains(x.UsernameKey) && x.Id != owner.UserId)
                    .ToDictionaryAsync(x => x.UsernameKey, x => x.Id, token);
                var followed = people.Values.ToList();
                var standing = await db
                    .Follows.Where(x => x.From == owner.UserId && followed.Contains(x.To))
                    .Select(x => x.To)
                    .ToListAsync(token);
                var known = follows.Where(x => people.ContainsKey(Names.Key(x.Username))).ToList();
                var made = known
                    .DistinctBy(x => Names.Key(x.Username))
                    .Where(x => !standing.Contains(people[Names.Key(x.Username)]))
                    .ToList();
                if (made.Count > 0)
                {
                    await WriteAsync(db, made, people, owner, token);
                }
                return new Imported(made.Count, follows.Count - known.Count);
            },
            ct
        );

    private async Task WriteAsync(
        PampsDb db,
        List<ArchivedFollow> made,
        Dictionary<string, long> people,
        ImportOwner owner,
        CancellationToken ct
    )
    {
        var taken = await find.TakenAsync(db, "social", made.Select(x => x.Id), ct);
        db.Follows.AddRange(
            made.Select(x => new Follow
            {
                Id = taken.Contains(x.Id) ? ids.Next() : x.Id,
                From = owner.UserId,
                To = people[Names.Key(x.Username)],
                Date = x.Date,
            })
        );
        await db.SaveChangesAsync(ct);
        var followed = made.ConvertAll(x => people[Names.Key(x.Username)]);
        await db
            .Users.Where(x => followed.Contains(x.Id))
            .ExecuteUpdateAsync(x => x.SetProperty(u => u.FollowersCount, u => u.FollowersCount + 1), ct);
        await db
            .Users.Where(x => x.Id == owner.UserId)
            .ExecuteUpdateAsync(
                x => x.SetProperty(u => u.FollowingCount, u => u.FollowingCount + made.Count),
                ct
            );
    }
}
