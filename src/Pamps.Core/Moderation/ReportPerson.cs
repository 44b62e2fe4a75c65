using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Site;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>Tells the moderators of somebody.</summary>
public sealed class ReportPerson
{
    /// <summary>The most posts that come with a report.</summary>
    public const int MaxPosts = 10;

    /// <summary>The most characters that one says.</summary>
    public const int MaxLength = 1000;

    private readonly Writer writer;
    private readonly ReadSite site;

    internal ReportPerson(Writer writer, ReadSite site) => (this.writer, this.site) = (writer, site);

    /// <summary>
    /// Reports somebody, with what some of their posts say at this moment. While an earlier report of the same by the viewer is open,
    /// it is the answer, as it was. Refused when there is no such user or post for the viewer, or a post is somebody else's, and for
    /// oneself.
    /// </summary>
    /// <param name="viewer">Who reports.</param>
    /// <param name="username">Whom.</param>
    /// <param name="category">Why.</param>
    /// <param name="rule">The number of the rule that is broken, where that is why; or null.</param>
    /// <param name="text">What they say, at most <see cref="MaxLength"/> characters; or null.</param>
    /// <param name="postIds">Posts of the person, at most <see cref="MaxPosts"/>; or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Made<MadeReport>>> RunAsync(
        Viewer viewer,
        string username,
        ReportCategory category,
        int? rule,
        string? text,
        IReadOnlyList<long>? postIds,
        CancellationToken cancellationToken
    )
    {
        var ids = (postIds ?? []).Distinct().ToList();
        var words = PlainText.Normalize("text", text ?? "", 0, MaxLength);
        var errors = new FieldErrors();
        errors.Take("text", words);
        errors.Take("posts", CheckCount(ids.Count));
        if (rule is { } number)
        {
            var last = category == ReportCategory.Rule ? await site.CountRulesAsync(cancellationToken) : 0;
            errors.Take("rule", CheckRule(number, last));
        }
        if (errors.Any(out var error))
        {
            return error;
        }
        return await writer.RunAsync<Made<MadeReport>>(
            viewer,
            Deed.Other,
            key: null,
            async write =>
            {
                // Of two at once the later finds the earlier.
                write.LockUser(viewer.Id);
                var person = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT u.id, r.id, r.created_at FROM "user" u
                        LEFT JOIN report r ON r.reporter_id = @viewer AND r.user_id = u.id AND r.closed_at IS NULL
                        WHERE {UserSql.HasName("@whom")} AND {UserSql.IsSeen}
                        """,
                        ("whom", Names.Key(username)),
                        ("viewer", viewer.Id)
                    ),
                    row => new Found(
                        row.GetInt64(0),
                        row.IsDBNull(1) ? null : new MadeReport(row.GetInt64(1), row.GetUtc(2))
                    )
                );
                if (person is null)
                {
                    return Error.UserNotFound;
                }
                if (person.Id == viewer.Id)
                {
                    return Error.Invalid("username", "oneself", "Nobody can report themselves.");
                }
                if (person.Open is { } open)
                {
                    return new Made<MadeReport>(open, IsNew: false);
                }
                var posts = await PostsAsync(write, person.Id, ids);
                if (posts.Count < ids.Count)
                {
                    return Error.PostNotFound;
                }
                var made = new MadeReport(write.NewId(), write.Now);
                write.Then(
                    new Statement(
                        """
                        INSERT INTO report (id, reporter_id, user_id, category, rule, text, created_at)
                        VALUES (@id, @reporter_id, @user_id, @category, @rule, @text, @now)
                        """,
                        ("id", made.Id),
                        ("reporter_id", viewer.Id),
                        ("user_id", person.Id),
                        ("category", (short)category),
                        ("rule", (short?)rule),
                        ("text", words.Value.Length > 0 ? words.Value : null),
                        ("now", write.Now)
                    )
                );
                write.Then(posts.Select(x => Keep(made.Id, x)));
                return new Made<MadeReport>(made, IsNew: true);
            },
            cancellationToken
        );
    }

    private static Task<List<ReportedPost>> PostsAsync(Write write, long authorId, List<long> ids) =>
        ids.Count == 0
            ? Task.FromResult(new List<ReportedPost>())
            : write.ListAsync(
                new Statement(
                    $"""
                    SELECT p.id, p.text, p.date, p.visibility FROM post p
                    WHERE {write.Dialect.IsOneOf("p.id", "ids")} AND p.user_id = @author
                        AND {PostSql.Visible(write.Viewer)}
                    """,
                    write.Dialect.Ids("ids", ids),
                    ("author", authorId),
                    ("viewer", write.Viewer.Id)
                ),
                row => new ReportedPost(
                    row.GetInt64(0),
                    row.GetString(1),
                    row.GetUtc(2),
                    (Visibility)row.GetInt16(3),
                    IsThere: true
                )
            );

    private static Statement Keep(long reportId, ReportedPost post) =>
        new(
            """
            INSERT INTO report_post (report_id, post_id, text, date, visibility)
            VALUES (@report_id, @post_id, @text, @date, @visibility)
            """,
            ("report_id", reportId),
            ("post_id", post.Id),
            ("text", post.Text),
            ("date", post.Date),
            ("visibility", (short)post.Visibility)
        );

    private static Result<int> CheckCount(int count) =>
        count <= MaxPosts
            ? count
            : Error.Invalid(
                "posts",
                "too_many",
                string.Create(CultureInfo.InvariantCulture, $"A report has at most {MaxPosts} posts."),
                most: MaxPosts
            );

    private static Result<int> CheckRule(int number, int last) =>
        number >= 1 && number <= last
            ? number
            : Error.Invalid("rule", "no_such_rule", "There is no rule of that number, or that is not why.");

    private sealed record Found(long Id, MadeReport? Open);
}
