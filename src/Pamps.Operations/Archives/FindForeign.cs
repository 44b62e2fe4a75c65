using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>
/// Finds posts of elsewhere that were taken in already: by what they were called there (<see cref="ArchivedPost.Origin"/>), of which the
/// table <c>imported_post</c> has one for each account.
/// </summary>
internal static class FindForeign
{
    /// <summary>The ids that posts have, or had, here.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="posts">The posts; bounded.</param>
    /// <param name="userId">The account.</param>
    public static async Task<Dictionary<long, long>> OwnAsync(
        Write write,
        IReadOnlyList<ArchivedPost> posts,
        long userId
    )
    {
        var known = await KnownAsync(write, [.. posts.Select(x => x.Origin!.Value)], userId);
        // What is from here and was never taken in is known by its id and its date.
        var natives = posts
            .Where(x => x.NativeId is not null && !known.ContainsKey(x.Origin!.Value))
            .ToList();
        var here =
            natives.Count == 0
                ? []
                : (
                    await write.ListAsync(
                        new Statement(
                            $"SELECT p.id, p.date FROM post p WHERE p.user_id = @user_id AND {write.Dialect.IsOneOf("p.id", "ids")}",
                            ("user_id", userId),
                            write.Dialect.Ids("ids", natives.Select(x => x.NativeId!.Value).Distinct())
                        ),
                        row => (Id: row.GetInt64(0), Date: row.GetUtc(1))
                    )
                ).ToDictionary(x => x.Id, x => x.Date);
        var found = new Dictionary<long, long>();
        foreach (var post in posts)
        {
            if (known.TryGetValue(post.Origin!.Value, out var id))
            {
                found[post.Id] = id;
            }
            else if (
                post.NativeId is { } native
                && here.TryGetValue(native, out var date)
                && date == post.Date
            )
            {
                found[post.Id] = native;
            }
        }
        return found;
    }

    /// <summary>The ids here of what posts reply to, by the ids by which these name it; those of others and those left out are not there.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="posts">The posts; bounded.</param>
    /// <param name="batch">All that are written, or found, together with them.</param>
    /// <param name="places">The ids that those have.</param>
    /// <param name="userId">The account.</param>
    public static async Task<Dictionary<long, long>> ParentsAsync(
        Write write,
        IReadOnlyList<ArchivedPost> posts,
        IReadOnlyList<ArchivedPost> batch,
        Dictionary<long, long> places,
        long userId
    )
    {
        var replies = posts.Where(x => x.ParentOrigin is not null && x.ParentOrigin != x.Origin).ToList();
        var known = await KnownAsync(
            write,
            [.. replies.Select(x => x.ParentOrigin!.Value).Distinct()],
            userId
        );
        foreach (var post in batch)
        {
            known[post.Origin!.Value] = places[post.Id];
        }
        return replies
            .Where(x => known.ContainsKey(x.ParentOrigin!.Value))
            .ToDictionary(x => x.Parent!.Id, x => known[x.ParentOrigin!.Value]);
    }

    /// <summary>The statement that says what a post was called.</summary>
    public static Statement Keep(ArchivedPost post, long userId, long id) =>
        new(
            "INSERT INTO imported_post (user_id, origin, post_id) VALUES (@user_id, @origin, @post_id)",
            ("user_id", userId),
            ("origin", post.Origin),
            ("post_id", id)
        );

    private static async Task<Dictionary<long, long>> KnownAsync(Write write, long[] origins, long userId) =>
        origins.Length == 0
            ? []
            : (
                await write.ListAsync(
                    new Statement(
                        $"SELECT o.origin, o.post_id FROM imported_post o WHERE o.user_id = @user_id AND {write.Dialect.IsOneOf("o.origin", "origins")}",
                        ("user_id", userId),
                        write.Dialect.Ids("origins", origins)
                    ),
                    row => (Origin: row.GetInt64(0), PostId: row.GetInt64(1))
                )
            ).ToDictionary(x => x.Origin, x => x.PostId);
}
