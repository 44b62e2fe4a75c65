using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Events;

/// <summary>Writes down what happened, for those who hear of it after the commit.</summary>
internal sealed class EventLog : IProjection
{
    /// <summary>A live stream that broke off longer ago than this begins anew, so no row is kept longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Columns = "tx, kind, user_id, subject_id, parent_id, date, audience";

    /// <summary>Made once: the database is always the same.</summary>
    private string? insert;

    /// <inheritdoc/>
    public void Apply(DomainEvent happened, Write write) => write.Then(Record(write, happened));

    private Statement Record(Write write, DomainEvent happened) =>
        Record(
            write,
            happened.Kind,
            happened.ActorId,
            happened.SubjectId,
            happened.ParentId,
            happened.Audience is { } ids ? $",{string.Join(',', ids.Distinct())}," : null
        );

    private Statement Record(
        Write write,
        EventKind kind,
        long userId,
        long subjectId,
        long? parentId,
        string? audience
    ) =>
        new(
            insert ??= $"""
            INSERT INTO event ({Columns})
            VALUES ({write.Dialect.TransactionNumber}, @kind, @user_id, @subject_id, @parent_id, @date, @audience)
            """,
            ("kind", (short)kind),
            ("user_id", userId),
            ("subject_id", subjectId),
            ("parent_id", parentId),
            ("date", write.Now),
            ("audience", audience)
        );

    /// <summary>The statement that writes down that posts are shown otherwise now, for whom an edit of their author's would be.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="from">Which, as what follows the columns of <c>p</c> in a statement that finds them; few.</param>
    /// <param name="parameters">What that names.</param>
    public static Statement RecordEdits(Write write, string from, params (string, object?)[] parameters) =>
        new(
            $"""
            INSERT INTO event ({Columns})
            SELECT {write.Dialect.TransactionNumber}, @event_kind, p.user_id, p.id, p.parent_id, @event_date,
                CASE WHEN p.visibility = {(int)Visibility.Direct} THEN
                    ',' || (SELECT COALESCE(string_agg(CAST(a.user_id AS text), ','), '') FROM audience a WHERE a.post_id = p.id) || ','
                END
            {from}
            """,
            [.. parameters, ("event_kind", (short)EventKind.Edit), ("event_date", write.Now)]
        );

    /// <summary>The statement that writes down an event for each of some notifications.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="kind">What happened to them.</param>
    /// <param name="which">Which, as a condition on <c>n</c> and what may follow it.</param>
    /// <param name="parameters">The condition's.</param>
    public static Statement RecordOfNotifications(
        Write write,
        EventKind kind,
        string which,
        params (string, object?)[] parameters
    ) =>
        new(
            $"""
            INSERT INTO event ({Columns})
            SELECT {write.Dialect.TransactionNumber}, @event_kind, n.user_id, n.id, NULL, @event_date, NULL
            FROM notification n WHERE {which}
            """,
            [.. parameters, ("event_kind", (short)kind), ("event_date", write.Now)]
        );
}
