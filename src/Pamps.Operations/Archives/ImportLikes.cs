using Microsoft.EntityFrameworkCore;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;
using IDatabase = Pamps.Core.Databases.IDatabase;

namespace Pamps.Operations.Archives;

/// <summary>What became of a part of an archive.</summary>
/// <param name="Made">How many were written.</param>
/// <param name="Missing">How many were left out, since what they are about is not here.</param>
internal readonly record struct Imported(int Made, int Missing);

/// <summary>Writes likes of an archive, of posts that are here. Nobody is notified.</summary>
internal sealed class ImportLikes(
    IWriteGate writes,
    WriteSql sql,
    IDatabase database,
    FindArchived find,
    Ids ids
)
{
    /// <summary>Writes those that are not here yet, all or none.</summary>
    /// <param name="likes">The likes; bounded.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Result<Imported>> RunAsync(
        IReadOnlyList<ArchivedLike> likes,
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
                var posts = await find.RunAsync(db, likes.Select(x => x.Post), owner, token);
                var liked = posts.Values.ToList();
                var standing = await db
                    .Likes.Where(x => x.UserId == owner.UserId && liked.Contains(x.PostId))
                    .Select(x => x.PostId)
                    .ToListAsync(token);
                var made = likes
                    .Where(x => posts.ContainsKey(x.Post.Id))
                    .DistinctBy(x => posts[x.Post.Id])
                    .Where(x => !standing.Contains(posts[x.Post.Id]))
                    .ToList();
                if (made.Count > 0)
                {
                    await CountAsync(db, made.ConvertAll(x => posts[x.Post.Id]), token);
                    var taken = await find.TakenAsync(db, "like", made.Select(x => x.Id), token);
                    db.Likes.AddRange(
                        made.Select(x => new Like
                        {
                            Id = taken.Contains(x.Id) ? ids.Next() : x.Id,
                            UserId = owner.UserId,
                            PostId = posts[x.Post.Id],
                            Date = x.Date,
                        })
                    );
                    await db.SaveChangesAsync(token);
                }
                return new Imported(made.Count, likes.Count(x => !posts.ContainsKey(x.Post.Id)));
            },
            ct
        );

    /// <summary>Before the likes, as liking does: else the two could wait for each other in a circle.</summary>
    private Task<int> CountAsync(PampsDb db, IEnumerable<long> posts, CancellationToken ct) =>
        sql.ExecuteAsync(
            db,
            [
                new Statement(
                    $"UPDATE post SET likes_count = likes_count + 1 WHERE {IdSet.Condition(database.Dialect, "id", "ids")}",
                    IdSet.Parameter(database.Dialect, "ids", posts)
                ),
            ],
            ct
        );
}
