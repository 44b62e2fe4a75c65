using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Posts;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>What became of a part of an archive.</summary>
/// <param name="Made">How many were written.</param>
/// <param name="Missing">How many were left out, since what they are about is not here.</param>
internal readonly record struct Imported(int Made, int Missing);

/// <summary>Writes likes of an archive, and bookmarks, of posts that are here. Nobody is notified.</summary>
internal sealed class ImportLikes(Writer writer)
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
        RunAsync(
            likes,
            owner,
            "like",
            Deed.Like,
            // Before the likes, as liking does: else the two could wait for each other in a circle.
            (write, posts) =>
                new Statement(
                    $"UPDATE post SET likes_count = likes_count + 1 WHERE {write.Dialect.IsOneOf("id", "ids")}",
                    write.Dialect.Ids("ids", posts)
                ),
            ct
        );

    /// <summary>The same of bookmarks.</summary>
    public Task<Result<Imported>> BookmarkAsync(
        IReadOnlyList<ArchivedLike> bookmarks,
        ImportOwner owner,
        CancellationToken ct
    ) =>
        RunAsync(
            bookmarks,
            owner,
            "bookmark",
            Deed.Bookmark,
            (_, _) => BookmarkPost.HasSome(owner.UserId),
            ct
        );

    private Task<Result<Imported>> RunAsync(
        IReadOnlyList<ArchivedLike> likes,
        ImportOwner owner,
        string table,
        Deed deed,
        Func<Write, IEnumerable<long>, Statement> begin,
        CancellationToken ct
    ) =>
        writer.RunAsync<Imported>(
            viewer: null,
            async write =>
            {
                if (!await UserSql.ExistsAsync(write, owner.UserId))
                {
                    return Error.UserNotFound;
                }
                var posts = await FindArchived.RunAsync(write, likes.Select(x => x.Post), owner);
                var standing = await write.ListAsync(
                    new Statement(
                        $"""
                        SELECT l.post_id FROM "{table}" l
                        WHERE l.user_id = @user_id AND {write.Dialect.IsOneOf("l.post_id", "liked")}
                        """,
                        ("user_id", owner.UserId),
                        write.Dialect.Ids("liked", posts.Values)
                    ),
                    row => row.GetInt64(0)
                );
                var made = likes
                    .Where(x => posts.ContainsKey(x.Post.Id))
                    .DistinctBy(x => posts[x.Post.Id])
                    .Where(x => !standing.Contains(posts[x.Post.Id]))
                    .ToList();
                if (made.Count > 0)
                {
                    var taken = await FindArchived.TakenAsync(write, table, made.Select(x => x.Id));
                    write.Then(begin(write, made.Select(x => posts[x.Post.Id])));
                    write.Then(
                        made.Select(x => new Statement(
                            $"INSERT INTO \"{table}\" (id, user_id, post_id, date) VALUES (@id, @user_id, @post_id, @date)",
                            ("id", taken.Contains(x.Id) ? write.NewId() : x.Id),
                            ("user_id", owner.UserId),
                            ("post_id", posts[x.Post.Id]),
                            ("date", x.Date)
                        ))
                    );
                    write.Then(Allowance.Change(owner.UserId, deed, made.Count));
                }
                return new Imported(made.Count, likes.Count(x => !posts.ContainsKey(x.Post.Id)));
            },
            ct
        );
}
