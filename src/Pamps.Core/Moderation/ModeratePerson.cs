using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>What a moderator wants done.</summary>
/// <param name="Kind">What.</param>
public sealed record ModerationOrder(ModerationKind Kind)
{
    /// <summary>What the moderator says to the person, or notes, at most <see cref="ModeratePerson.MaxLength"/> characters; a warning and a note need it.</summary>
    public string? Message { get; init; }

    /// <summary>The report that led to it, which is closed with it; or null.</summary>
    public long? ReportId { get; init; }

    /// <summary>The posts to be deleted, or covered or no longer so, at most <see cref="ReportPerson.MaxPosts"/>.</summary>
    public IReadOnlyList<long> PostIds { get; init; } = [];
}

/// <summary>Acts on somebody: warns, silences and suspends them and ends that, deletes their posts and covers what they show.</summary>
public sealed class ModeratePerson
{
    /// <summary>The most characters of a message.</summary>
    public const int MaxLength = 1000;

    /// <summary>So many days somebody who is suspended may be restored; then the account is erased.</summary>
    public const int EraseAfterDays = 30;

    internal static readonly Error AsItIs = new(
        ErrorKind.Conflict,
        "already_so",
        "It is so already; another moderator was faster"
    );

    private readonly RevokingWriter writer;
    private readonly ShowPosts show;

    internal ModeratePerson(RevokingWriter writer, ShowPosts show) =>
        (this.writer, this.show) = (writer, show);

    /// <summary>
    /// Acts, and tells the person. Somebody who is suspended has no logins and streams any more, at any instance, and nobody sees
    /// them or their posts until they are restored. Refused to all but moderators, and to them for themselves and for whoever does not
    /// stand below them; when it is so already; and when there is no such user, report of them, or post of theirs.
    /// </summary>
    /// <param name="viewer">Who acts.</param>
    /// <param name="username">On whom.</param>
    /// <param name="order">What is to be done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ModerationView>> RunAsync(
        Viewer viewer,
        string username,
        ModerationOrder order,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(order);
        if (!viewer.Role.May(Powers.Moderate))
        {
            return Error.ModeratorsOnly;
        }
        var (least, ids) = (
            order.Kind is ModerationKind.Warn or ModerationKind.Note ? 1 : 0,
            order.PostIds.Distinct().ToList()
        );
        var message = PlainText.Normalize("message", order.Message ?? "", least, MaxLength);
        var errors = new FieldErrors();
        errors.Take("message", message);
        errors.Take("posts", CheckPosts(order.Kind, ids.Count));
        if (errors.Any(out var error))
        {
            return error;
        }
        var acted = await writer.RunAsync(
            viewer,
            write => ActAsync(write, username, order, message.Value, ids),
            cancellationToken
        );
        if (acted.IsRefused(out var refusal))
        {
            return refusal;
        }
        var (userId, done) = acted.Value;
        if (order.Kind is ModerationKind.Suspend or ModerationKind.Restore)
        {
            await show.BeginAsync(userId, cancellationToken);
        }
        return done;
    }

    /// <summary>Does it as part of an operation, which has looked who may.</summary>
    internal static async Task<Result<(long UserId, ModerationView Done)>> ActAsync(
        Write write,
        string username,
        ModerationOrder order,
        string message,
        List<long> ids
    )
    {
        var (isWhom, key) = (UserSql.HasName("@whom"), Names.Key(username));
        // Of several at once one comes first.
        write.LockUserAndTheirWrites(isWhom, key);
        var found = await write.FirstAsync(
            new Statement(ModerationSql.Person(isWhom), ("whom", key)),
            ModerationSql.ReadPerson
        );
        if (found is not { } person)
        {
            return Error.UserNotFound;
        }
        var (id, viewer) = (person.User.Id, write.Viewer);
        if (id == viewer.Id || !viewer.Role.IsAbove(person.Role))
        {
            return Error.NotBelow;
        }
        var report = order.ReportId is { } reportId ? await CloseReport.FindAsync(write, reportId) : null;
        if (order.ReportId is not null && report?.UserId != id)
        {
            return ModerationSql.ReportNotFound;
        }
        var doneId = write.NewId();
        if (await DoAsync(write, person, order, ids, doneId) is { } refusal)
        {
            return refusal;
        }
        if (report is { IsOpen: true })
        {
            CloseReport.Close(write, order.ReportId!.Value, id, dismissed: false);
        }
        var done = new ModerationView(
            doneId,
            order.Kind,
            viewer.Id == 0 ? null : viewer.Username,
            order.ReportId,
            message.Length > 0 ? message : null,
            write.Now,
            // There is nothing for the person to take notice of.
            SeenAt: order.Kind == ModerationKind.Note ? write.Now : null
        );
        write.Then(
            new Statement(
                """
                INSERT INTO moderation (id, user_id, actor_id, kind, report_id, message, created_at, seen_at)
                VALUES (@id, @user_id, @actor_id, @kind, @report_id, @message, @now, @seen_at)
                """,
                ("id", done.Id),
                ("user_id", id),
                ("actor_id", viewer.Id),
                ("kind", (short)order.Kind),
                ("report_id", order.ReportId),
                ("message", done.Message),
                ("seen_at", done.SeenAt),
                ("now", write.Now)
            )
        );
        return (id, done);
    }

    /// <summary>Does what is wanted; or says why not.</summary>
    private static async Task<Error?> DoAsync(
        Write write,
        PersonView person,
        ModerationOrder order,
        List<long> postIds,
        long doneId
    )
    {
        var (id, actorId) = (person.User.Id, write.Viewer.Id);
        switch (order.Kind)
        {
            case ModerationKind.Warn:
                Audit(SecurityEventKinds.AccountWarned);
                return null;
            case ModerationKind.Note:
                Audit(SecurityEventKinds.AccountNoted);
                return null;
            case ModerationKind.DeletePosts:
                return await ForEachAsync(write, id, postIds, order.ReportId, DeletePost.RemoveAsync);
            case ModerationKind.MarkSensitive:
                return await CoverAsync(write, id, postIds, order.ReportId, doneId);
            case ModerationKind.UnmarkSensitive:
                return await CoverAsync(write, id, postIds, order.ReportId, by: null);
            case ModerationKind.Silence when person.SilencedAt is null:
                Set("silenced_at = @now", ("now", write.Now));
                Audit(SecurityEventKinds.AccountSilenced);
                return null;
            case ModerationKind.Unsilence when person.SilencedAt is not null:
                Set("silenced_at = NULL");
                Audit(SecurityEventKinds.AccountUnsilenced);
                return null;
            case ModerationKind.Suspend when person.EraseAt is null:
                Set(
                    "suspended_at = COALESCE(suspended_at, @now), erase_at = @erase_at",
                    ("now", write.Now),
                    ("erase_at", write.Now.AddDays(EraseAfterDays))
                );
                write.Then(new Statement("DELETE FROM login WHERE user_id = @id", ("id", id)));
                write.Then(Registration.Forget(id));
                write.Record(new AccountSuspended(actorId, id));
                Audit(SecurityEventKinds.AccountSuspended);
                write.Enqueue(ShowPosts.Of(id));
                return null;
            // A version that knows no suspensions may have opened the account, and left it hidden.
            case ModerationKind.Restore when person.SuspendedAt is not null || person.EraseAt is not null:
                Set("suspended_at = NULL, erase_at = NULL");
                write.Then(Registration.Forget(id));
                write.Record(new AccountRestored(actorId, id));
                Audit(SecurityEventKinds.AccountRestored);
                write.Enqueue(ShowPosts.Of(id));
                return null;
            default:
                return AsItIs;
        }

        void Set(string changes, params (string, object?)[] parameters) =>
            write.Then(
                new Statement($"UPDATE \"user\" SET {changes} WHERE id = @id", [.. parameters, ("id", id)])
            );

        void Audit(string kind) =>
            write.Audit(
                SecurityEvent.By(
                    write.Viewer,
                    kind,
                    id,
                    order.ReportId is { } report
                        ? string.Create(CultureInfo.InvariantCulture, $"report {report}")
                        : null
                )
            );
    }

    /// <summary>Covers what they show, or ends that; refused where it is so of all already.</summary>
    private static async Task<Error?> CoverAsync(
        Write write,
        long authorId,
        List<long> ids,
        long? reportId,
        long? by
    )
    {
        var changed = 0;
        var refusal = await ForEachAsync(write, authorId, ids, reportId, async (_, id, _) =>
        {
            var isOther = await write.ExecuteAsync(
                new Statement(
                    "UPDATE post SET covered_by = @by WHERE id = @id AND (covered_by IS NULL) = @covers",
                    ("by", by),
                    ("id", id),
                    ("covers", by is not null)
                )
            );
            if (isOther == 0)
            {
                return;
            }
            changed++;
            write.Then(TellOf(write, "p.id = @post", ("post", id)));
            write.Audit(
                SecurityEvent.By(
                    write.Viewer,
                    by is null ? SecurityEventKinds.PostUncovered : SecurityEventKinds.PostCovered,
                    authorId,
                    id.ToString(CultureInfo.InvariantCulture)
                )
            );
        });
        return refusal ?? (changed > 0 ? null : AsItIs);
    }

    /// <summary>The statement by which whoever looks at posts hears that they are covered, or no longer so.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="which">Which, as a condition on <c>p</c>; trusted.</param>
    /// <param name="parameter">Its parameter.</param>
    internal static Statement TellOf(Write write, string which, (string, object?) parameter) =>
        EventLog.RecordEdits(
            write,
            $"FROM post p WHERE {which} AND p.visibility <= {(int)Visibility.Direct}",
            parameter
        );

    /// <summary>Does something to those that are still there of what the moderator sees: by themselves, or by the report.</summary>
    private static async Task<Error?> ForEachAsync(
        Write write,
        long authorId,
        List<long> ids,
        long? reportId,
        Func<Write, long, DeletePost.Found, Task> doAsync
    )
    {
        var found = 0;
        foreach (var id in ids.Order())
        {
            var post = await DeletePost.FindAsync(
                write,
                id,
                $"""
                p.user_id = @author AND ({PostSql.Visible(write.Viewer)} OR EXISTS (
                    SELECT 1 FROM report_post q WHERE q.report_id = @report AND q.post_id = p.id
                ))
                """,
                ("author", authorId),
                ("report", reportId),
                ("viewer", write.Viewer.Id)
            );
            if (post is not null)
            {
                await doAsync(write, id, post);
                found++;
            }
        }
        return found > 0 ? null : Error.PostNotFound;
    }

    private static Result<int> CheckPosts(ModerationKind kind, int count) =>
        !NamesPosts(kind) && count > 0
            ? Error.Invalid("posts", "too_many", "This is not done to posts.", most: 0)
        : NamesPosts(kind) && (count is 0 or > ReportPerson.MaxPosts)
            ? Error.Invalid(
                "posts",
                "out_of_range",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is done to 1 to {ReportPerson.MaxPosts} posts at once."
                ),
                1,
                ReportPerson.MaxPosts
            )
        : count;

    /// <summary>Whether posts go with it.</summary>
    public static bool NamesPosts(ModerationKind kind) =>
        kind is ModerationKind.DeletePosts or ModerationKind.MarkSensitive or ModerationKind.UnmarkSensitive;
}
