using Pamps.Core;
using Pamps.Core.Applications;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Notifications;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Streaming;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Maintenance;

/// <summary>
/// Throws away what has expired: logins nobody prolonged, answers kept for repeated requests, failed sign-ins that count no
/// more, addresses that nobody signs in from any more, challenges that passkeys have answered, mutes and invitations that have ended, programs that nobody let in, what is known of imports that ended 30 days ago, allowances that are whole again, names of accounts
/// that were deleted long ago, accounts that were suspended 30 days ago, reports that were closed a year ago, notifications that were put aside 30 days ago, registrations of who waits no more, what the security log has kept long enough, and events that no live stream goes back to and every consumer has passed.
/// </summary>
public sealed class Sweep
{
    private const int Batch = 500;
    private const int EventBatch = 1_000;

    /// <summary>How long a consumer that does not get on holds events back.</summary>
    private static readonly TimeSpan LongestHeld = TimeSpan.FromDays(7);

    /// <summary>Whether somebody lets a program in.</summary>
    private const string IsLetIn =
        "EXISTS (SELECT 1 FROM application_grant g WHERE g.application_id = o.id AND g.login_id IS NOT NULL)";

    private readonly Writer writer;
    private readonly IDatabase database;
    private readonly Sql sql;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    private readonly EraseAccount erase;
    private readonly DeleteUser delete;

    internal Sweep(
        Writer writer,
        IDatabase database,
        Sql sql,
        PampsOptions options,
        TimeProvider time,
        EraseAccount erase,
        DeleteUser delete
    )
    {
        (this.writer, this.database, this.sql) = (writer, database, sql);
        (this.options, this.time, this.erase, this.delete) = (options, time, erase, delete);
    }

    /// <summary>Deletes all that has expired, in small transactions so that nobody waits; answers how many rows.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.Now();
        // An answer's key is of two columns; where its row lies is one value.
        var place = database.Dialect.RowPlace;
        var last = await LastPassedAsync(cancellationToken);
        await KeepApplicationsAsync(now, cancellationToken);
        return await DeleteAsync(
                "login",
                "id",
                "SELECT o.id FROM login o WHERE o.expires_at < @before ORDER BY o.expires_at LIMIT @take",
                now,
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "idempotency",
                place,
                $"""
                SELECT o.{place} FROM idempotency o WHERE o.created_at < @before ORDER BY o.created_at LIMIT @take
                """,
                now - IdempotencyKey.Lifetime,
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "sign_in_failure",
                "key",
                "SELECT o.key FROM sign_in_failure o WHERE o.since < @before ORDER BY o.since LIMIT @take",
                now - SignInFailures.WindowOf(options),
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "known_address",
                "key",
                "SELECT o.key FROM known_address o WHERE o.last_used_at < @before ORDER BY o.last_used_at LIMIT @take",
                now - SignInFailures.KnownFor,
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "passkey_challenge",
                "key",
                "SELECT o.key FROM passkey_challenge o WHERE o.expires_at < @before ORDER BY o.expires_at LIMIT @take",
                now,
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "mute",
                "id",
                "SELECT o.id FROM mute o WHERE o.until < @before ORDER BY o.until LIMIT @take",
                now,
                Batch,
                cancellationToken
            )
            // Whoever made it can see for a while that it has ended.
            + await DeleteAsync(
                "invitation",
                "id",
                "SELECT o.id FROM invitation o WHERE o.expires_at < @before ORDER BY o.expires_at LIMIT @take",
                now.AddDays(-30),
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "application",
                "id",
                $"""
                SELECT o.id FROM application o
                WHERE o.expires_at < @before AND NOT {IsLetIn} ORDER BY o.expires_at LIMIT @take
                """,
                now,
                Batch,
                cancellationToken
            )
            // Whoever brought it reads for a while what was left out.
            + await DeleteAsync(
                "import",
                "id",
                "SELECT o.id FROM import o WHERE o.ended_at <= @before ORDER BY o.ended_at LIMIT @take",
                now.AddDays(-30),
                Batch,
                cancellationToken
            )
            // A version that knows no registrations restores or deletes who waits, and leaves this. There are few rows, none old.
            + await DeleteAsync(
                "registration",
                "user_id",
                """
                SELECT g.user_id FROM registration g
                WHERE g.created_at < @before
                    AND (SELECT 1 FROM "user" u WHERE u.id = g.user_id AND (u.suspended_at IS NULL OR u.deleted_at IS NOT NULL)) IS NOT NULL
                LIMIT @take
                """,
                now,
                Batch,
                cancellationToken
            )
            // The posts that came with it go, too.
            + await DeleteAsync(
                "report",
                "id",
                "SELECT o.id FROM report o WHERE o.closed_at < @before ORDER BY o.closed_at LIMIT @take",
                now.AddDays(-365),
                Batch,
                cancellationToken
            )
            // An id says when its row was made.
            + await DeleteAsync(
                "security_event",
                "id",
                "SELECT o.id FROM security_event o WHERE o.id < @first AND o.created_at < @before ORDER BY o.id LIMIT @take",
                now.AddDays(-options.Security.AuditDays),
                Batch,
                cancellationToken,
                ("first", Ids.At(now.AddDays(-options.Security.AuditDays), 0))
            )
            + await DeleteAsync(
                "notification_aside",
                "id",
                "SELECT o.id FROM notification_aside o WHERE o.id < @first AND o.date < @before ORDER BY o.id LIMIT @take",
                now - PutAside.KeptFor,
                Batch,
                cancellationToken,
                ("first", Ids.At(now - PutAside.KeptFor, 0))
            )
            + await ForgetAllowancesAsync(now, cancellationToken)
            + await delete.SweepAsync(cancellationToken)
            + await erase.SweepAsync(cancellationToken)
            // The last event stays however old it is: a quiet night leaves every listener's place known.
            + await DeleteAsync(
                "event",
                "id",
                $"""
                SELECT o.id FROM event o
                WHERE o.date < @before AND o.id IS DISTINCT FROM (
                    SELECT e.id FROM event e WHERE {database.Dialect.IsSettled}
                    ORDER BY e.tx DESC, e.id DESC LIMIT 1
                ) AND (o.date < @held OR (o.tx, o.id) <= (@tx, @id))
                ORDER BY o.date LIMIT @take
                """,
                now - EventLog.Lifetime,
                EventBatch,
                cancellationToken,
                ("held", now - LongestHeld),
                ("tx", last.Tx),
                ("id", last.Id)
            );
    }

    /// <summary>The last event that every consumer has passed; where there is no consumer, one that never comes.</summary>
    private async Task<EventPlace> LastPassedAsync(CancellationToken ct) =>
        await sql.FirstAsync(
            "SELECT c.tx, c.event_id FROM consumer c ORDER BY c.tx, c.event_id LIMIT 1",
            row => (EventPlace?)new EventPlace(row.GetInt64(0), row.GetInt64(1)),
            ct
        ) ?? new EventPlace(long.MaxValue, long.MaxValue);

    /// <summary>
    /// Walks through all of them by their key, of which few are left by each sweep: an index of what is whole again would have to
    /// be changed at each deed.
    /// </summary>
    private async Task<int> ForgetAllowancesAsync(DateTime now, CancellationToken ct)
    {
        var swept = 0;
        for (long? after = long.MinValue; after is { } from; )
        {
            after = await sql.FirstAsync(
                "SELECT a.owner FROM allowance a WHERE a.owner > @from ORDER BY a.owner LIMIT 1 OFFSET @take",
                row => (long?)row.GetInt64(0),
                ct,
                ("from", from),
                ("take", Batch)
            );
            var statement = new Statement(
                "DELETE FROM allowance WHERE owner > @from AND owner <= @to AND spent_until < @now AND total_until < @now",
                ("from", from),
                ("to", after ?? long.MaxValue),
                ("now", Quota.Microseconds(now))
            );
            var batch = await writer.RunAsync<int>(
                viewer: null,
                async write => await write.ExecuteAsync(statement),
                ct
            );
            swept += batch.Value;
        }
        return swept;
    }

    /// <summary>Deletes rows in batches until none is left.</summary>
    /// <param name="table">Where; trusted, like the next two.</param>
    /// <param name="column">The column by which a row is found.</param>
    /// <param name="old">Selects that column of the oldest rows: those before @before, at most @take.</param>
    /// <param name="before">What @before is.</param>
    /// <param name="take">What @take is.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <param name="more">What else <paramref name="old"/> names.</param>
    private async Task<int> DeleteAsync(
        string table,
        string column,
        string old,
        DateTime before,
        int take,
        CancellationToken cancellationToken,
        params (string, object?)[] more
    )
    {
        return await RepeatAsync(
            new Statement(
                $"DELETE FROM {table} WHERE {database.Dialect.IsAmong(column, old)}",
                [("before", before), ("take", take), .. more]
            ),
            cancellationToken
        );
    }

    /// <summary>What would expire and is let in stays for another while, so that what goes is found without looking at it again.</summary>
    private Task<int> KeepApplicationsAsync(DateTime now, CancellationToken cancellationToken)
    {
        var old =
            $"SELECT o.id FROM application o WHERE o.expires_at < @before AND {IsLetIn} ORDER BY o.expires_at LIMIT @take";
        return RepeatAsync(
            new Statement(
                $"UPDATE application SET expires_at = @until WHERE {database.Dialect.IsAmong("id", old)}",
                ("before", now),
                ("take", Batch),
                ("until", now + ApplicationTokens.KeptFor)
            ),
            cancellationToken
        );
    }

    /// <summary>Runs a statement until it changes nothing more; answers how many rows it changed.</summary>
    private async Task<int> RepeatAsync(Statement statement, CancellationToken cancellationToken)
    {
        var swept = 0;
        int rows;
        do
        {
            var batch = await writer.RunAsync<int>(
                viewer: null,
                async write => await write.ExecuteAsync(statement),
                cancellationToken
            );
            rows = batch.Value;
            swept += rows;
        } while (rows > 0);
        return swept;
    }
}
