using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Search;
using Pamps.Core.Text;

namespace Pamps.Operations.Samples;

/// <summary>Rows of some tables that belong together.</summary>
/// <param name="Count">How many users, follows, posts or likes they are.</param>
/// <param name="Tables">The rows by table, those first that others refer to.</param>
internal sealed record SamplePart(
    int Count,
    IReadOnlyList<(string Table, IReadOnlyList<string> Columns, object?[][] Rows)> Tables
);

/// <summary>A sample's rows, by table and in parts small enough that a few of them need little memory.</summary>
internal sealed class SampleTables(SampleRows rows, Dialect dialect, bool withSearch)
{
    private const int PartSize = 5_000;

    /// <summary>The tables that rows are made for.</summary>
    public static readonly string[] Names =
    [
        "user",
        "account",
        "social",
        "post",
        "like",
        "mention",
        "hashtag",
        "notification",
        "user_search",
        "post_search",
    ];

    public IEnumerable<SamplePart> Users(string password) =>
        rows.Users(password)
            .Chunk(PartSize)
            .Select(users => new SamplePart(
                users.Length,
                [
                    ("user", SampleRows.UserColumns, [.. users.Select(x => x.Row)]),
                    ("account", SampleRows.AccountColumns, [.. users.Select(x => x.Account)]),
                    Words(
                        "user_search",
                        users.Select(x => (x.Id, IndexedWords.OfUser(x.Username, displayName: null, x.Bio)))
                    ),
                ]
            ));

    public IEnumerable<SamplePart> Follows() => Deeds("social", SampleRows.FollowColumns, rows.Follows());

    public IEnumerable<SamplePart> Posts() =>
        rows.Posts()
            .Chunk(PartSize)
            .Select(posts =>
            {
                var words = posts.Select(x => (x.Id, IndexedWords.OfPost(x.Text, x.UserId, x.Entities.Tags)));
                return new SamplePart(
                    posts.Length,
                    [
                        ("post", SampleRows.PostColumns, [.. posts.Select(x => x.Row)]),
                        ("mention", SampleRows.MentionColumns, [.. posts.SelectMany(SampleRows.Mentions)]),
                        ("hashtag", SampleRows.HashtagColumns, [.. posts.SelectMany(SampleRows.Hashtags)]),
                        Notifications(posts.SelectMany(x => x.Notifications)),
                        .. withSearch
                            ? [Words("post_search", words)]
                            : Array.Empty<(string, IReadOnlyList<string>, object?[][])>(),
                    ]
                );
            });

    public IEnumerable<SamplePart> Likes() => Deeds("like", SampleRows.LikeColumns, rows.Likes());

    private static IEnumerable<SamplePart> Deeds(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<SampleDeed> all
    ) =>
        all.Chunk(PartSize)
            .Select(deeds => new SamplePart(
                deeds.Length,
                [
                    (table, columns, [.. deeds.Select(x => x.Row)]),
                    Notifications(deeds.Select(x => x.Notification).OfType<object?[]>()),
                ]
            ));

    private static (string, IReadOnlyList<string>, object?[][]) Notifications(IEnumerable<object?[]> all) =>
        ("notification", SampleRows.NotificationColumns, [.. all]);

    private (string, IReadOnlyList<string>, object?[][]) Words(
        string table,
        IEnumerable<(long Id, IndexedWords Words)> all
    )
    {
        var made = WordRows.Of(table, all, dialect);
        return (made.Table, made.Columns, made.Rows);
    }
}
