using Microsoft.EntityFrameworkCore;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Deletes an account with its posts, likes, follows and logins. There is no undo.</summary>
public sealed class DeleteUser
{
    /// <summary>
    /// Held on PostgreSQL by who changes the rows of many others at once: deletions, and imports. Any number that no other
    /// advisory lock of Pamps has.
    /// </summary>
    internal const long DeletionLock = 0x50616D707344656C;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RevokingWrites writes;
    private readonly IDatabase database;

    internal DeleteUser(RevokingWrites writes, IDatabase database) =>
        (this.writes, this.database) = (writes, database);

    /// <summary>Deletes the viewer's own account.</summary>
    public Task<Result<Done>> RunForOneselfAsync(Viewer viewer, CancellationToken cancellationToken) =>
        writes.RunAsync<Done>(
            async (db, ct) =>
                await DeleteAsync(db, db.Users.Where(x => x.Id == viewer.Id), ct)
                    ? new Done()
                    : Error.NotSignedIn,
            cancellationToken
        );

    /// <summary>Deletes the account of that name. Refused to all but superusers, and when there is no such user.</summary>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    ) =>
        viewer.Superuser
            ? await writes.RunAsync<Done>(
                async (db, ct) =>
                    await DeleteAsync(db, db.Users.Named(username), ct) ? new Done() : Error.UserNotFound,
                cancellationToken
            )
            : Error.SuperuserOnly;

    private async Task<bool> DeleteAsync(PampsDb db, IQueryable<User> whom, CancellationToken ct)
    {
        if (await whom.Select(x => (long?)x.Id).SingleOrDefaultAsync(ct) is not { } id)
        {
            return false;
        }
        if (database.Dialect == SqlDialect.Postgres)
        {
            // Somebody who wrote for years takes longer to delete than a request usually waits.
            db.Database.SetCommandTimeout(Patience);
            // One deletion at a time: each touches the rows of many others, and two would wait for each other in a
            // circle.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DeletionLock})", ct);
            // Posts before their author, as those who reply to one or like it: else they and this would wait for each
            // other in a circle, a second each time.
            await db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM post WHERE user_id = {id} ORDER BY id FOR UPDATE",
                ct
            );
            // Keeps the account's likes, follows and replies from growing after they were counted below.
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM \"user\" WHERE id = {id} FOR UPDATE", ct);
            // And keeps their likes from being taken back, and counted, a second time meanwhile.
            await db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM \"like\" WHERE user_id = {id} ORDER BY id FOR UPDATE",
                ct
            );
        }

        // By hand: of the same in LINQ, SQLite reads the whole table of posts and holds every other writer for seconds.
        // The plus keeps both databases from counting along the index of all the account's posts, once for each.
        FormattableString[] counters =
        [
            $"""
                UPDATE post SET replies_count = replies_count
                    - (SELECT count(*) FROM post r WHERE r.parent_id = post.id AND +r.user_id = {id})
                WHERE id IN (SELECT r.parent_id FROM post r WHERE r.user_id = {id} AND r.parent_id IS NOT NULL)
                """,
            $"""
                UPDATE post SET likes_count = likes_count - 1
                WHERE id IN (SELECT l.post_id FROM "like" l WHERE l.user_id = {id})
                """,
            $"""
                UPDATE "user" SET followers_count = followers_count - 1
                WHERE id IN (SELECT s."to" FROM social s WHERE s."from" = {id})
                """,
            $"""
                UPDATE "user" SET following_count = following_count - 1
                WHERE id IN (SELECT s."from" FROM social s WHERE s."to" = {id})
                """,
        ];
        foreach (var counter in counters)
        {
            await db.Database.ExecuteSqlAsync(counter, ct);
        }
        await db.Answers.Where(x => x.UserId == id).ExecuteDeleteAsync(ct);
        // Posts, likes, follows and logins go by the references' ON DELETE CASCADE.
        return await db.Users.Where(x => x.Id == id).ExecuteDeleteAsync(ct) == 1;
    }
}
