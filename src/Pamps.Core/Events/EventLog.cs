using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Events;

/// <summary>Writes down what happened, in the transaction in which it happens.</summary>
internal sealed class EventLog(IDatabase database, WriteSql sql, TimeProvider time)
{
    /// <summary>A live stream that broke off longer ago than this begins anew, so no row is kept longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly string insert = $"""
        INSERT INTO event (tx, kind, user_id, subject_id, parent_id, date)
        VALUES ({(
            database.Dialect == SqlDialect.Postgres ? "pg_current_xact_id()::text::bigint" : "0"
        )}, @kind, @user_id, @subject_id, @parent_id, @date)
        """;

    /// <summary>The statement that writes it down, for who runs it with others.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="userId">The post's author; of a notification, who is told.</param>
    /// <param name="subjectId">The post's id; of a notification, its own.</param>
    /// <param name="parentId">The post that the post replies to, where there is one.</param>
    public Statement Record(EventKind kind, long userId, long subjectId, long? parentId) =>
        new(
            insert,
            ("kind", (short)kind),
            ("user_id", userId),
            ("subject_id", subjectId),
            ("parent_id", parentId),
            ("date", time.Now())
        );

    /// <summary>Writes it down.</summary>
    /// <param name="db">The transaction's.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="userId">The post's author; of a notification, who is told.</param>
    /// <param name="subjectId">The post's id; of a notification, its own.</param>
    /// <param name="parentId">The post that the post replies to, where there is one.</param>
    /// <param name="ct">Gives up.</param>
    public Task RecordAsync(
        PampsDb db,
        EventKind kind,
        long userId,
        long subjectId,
        long? parentId,
        CancellationToken ct
    ) => sql.ExecuteAsync(db, [Record(kind, userId, subjectId, parentId)], ct);
}
