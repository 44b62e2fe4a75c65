using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Reads;
using Pamps.Tests.Host;

namespace Pamps.Tests.Properties;

/// <summary>Puts rows into the database by hand, with ids that a test chooses.</summary>
internal static class Rows
{
    private static readonly DateTime Date = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Task AddUsersAsync(PampsServer pamps, IEnumerable<long> ids) =>
        InsertAsync(
            pamps,
            "user",
            "id username username_key email email_key password superuser active created_at posts_count followers_count following_count",
            ids.Select(id =>
                new object?[]
                {
                    id,
                    $"user_{id}",
                    $"user_{id}",
                    $"user_{id}@example.org",
                    $"user_{id}@example.org",
                    "",
                    false,
                    true,
                    Date,
                    0L,
                    0L,
                    0L,
                }
            )
        );

    public static Task AddPostsAsync(
        PampsServer pamps,
        IEnumerable<(long Id, long UserId, long? ParentId)> posts
    ) =>
        InsertAsync(
            pamps,
            "post",
            "id text date user_id parent_id edited_at likes_count replies_count",
            posts.Select(x =>
                new object?[] { x.Id, $"text {x.Id}", Date, x.UserId, x.ParentId, null, 0L, 1L }
            )
        );

    public static Task AddFollowsAsync(
        PampsServer pamps,
        IEnumerable<(long Id, long From, long To)> follows
    ) =>
        InsertAsync(
            pamps,
            "social",
            "id from to date",
            follows.Select(x => new object?[] { x.Id, x.From, x.To, Date })
        );

    public static Task AddHashtagsAsync(PampsServer pamps, IEnumerable<(string Tag, long PostId)> hashtags) =>
        InsertAsync(pamps, "hashtag", "tag post_id", hashtags.Select(x => new object?[] { x.Tag, x.PostId }));

    public static Task AddLikesAsync(
        PampsServer pamps,
        IEnumerable<(long Id, long UserId, long PostId)> likes
    ) =>
        InsertAsync(
            pamps,
            "like",
            "id user_id post_id date",
            likes.Select(x => new object?[] { x.Id, x.UserId, x.PostId, Date })
        );

    private static Task InsertAsync(
        PampsServer pamps,
        string table,
        string columns,
        IEnumerable<object?[]> rows
    ) =>
        pamps
            .Services.GetRequiredService<IDatabase>()
            .InsertManyAsync(table, columns.Split(' '), rows, TestContext.Current.CancellationToken);
}
