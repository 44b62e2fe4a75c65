using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pamps.Core.Notifications;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Follows;

/// <summary>Who follows whom since when.</summary>
/// <param name="From">The follower's id.</param>
/// <param name="To">The id of the followed.</param>
/// <param name="Date">Since when, UTC.</param>
public sealed record FollowView(long From, long To, DateTime Date);

/// <summary>Follows a user, and ends that.</summary>
public sealed class FollowUser
{
    private readonly IWriteGate writes;
    private readonly Ids ids;
    private readonly TimeProvider time;
    private readonly Notify notify;

    internal FollowUser(IWriteGate writes, Ids ids, TimeProvider time, Notify notify) =>
        (this.writes, this.ids, this.time, this.notify) = (writes, ids, time, notify);

    /// <summary>
    /// Follows; answers with the follow that stands, and whether this call made it. Refused when there is no such
    /// user, and when it is the viewer.
    /// </summary>
    /// <param name="viewer">Who follows.</param>
    /// <param name="whom">An id or a user name; not oneself.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Made<FollowView>>> RunAsync(
        Viewer viewer,
        string whom,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        var now = time.Now();
        return writes.RunAsync<Made<FollowView>>(
            key,
            viewer.Id,
            now,
            async (db, ct) =>
            {
                if (!await db.IsStillActiveAsync(viewer, ct))
                {
                    return Error.NotSignedIn;
                }
                if (await FindAsync(db, whom, ct) is not { } to)
                {
                    return Error.UserNotFound;
                }
                if (to == viewer.Id)
                {
                    return Error.Invalid("id", "oneself", "Nobody can follow themselves.");
                }
                var standing = await db
                    .Follows.AsNoTracking()
                    .SingleOrDefaultAsync(x => x.From == viewer.Id && x.To == to, ct);
                if (standing is not null)
                {
                    return View(standing, isNew: false);
                }
                var follow = new Follow
                {
                    Id = ids.Next(),
                    From = viewer.Id,
                    To = to,
                    Date = now,
                };
                db.Follows.Add(follow);
                await db.SaveChangesAsync(ct);
                await CountAsync(db, viewer.Id, to, 1, ct);
                await notify.OfFollowAsync(db, viewer, to, ct);
                return View(follow, isNew: true);
            },
            cancellationToken
        );
    }

    /// <summary>Ends following; no error when there was nothing to end. Refused when there is no such user.</summary>
    /// <param name="viewer">Who follows.</param>
    /// <param name="whom">An id or a user name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> UndoAsync(Viewer viewer, string whom, CancellationToken cancellationToken) =>
        writes.RunAsync<Done>(
            async (db, ct) =>
            {
                if (await FindAsync(db, whom, ct) is not { } to)
                {
                    return Error.UserNotFound;
                }
                var ended = await db
                    .Follows.Where(x => x.From == viewer.Id && x.To == to)
                    .ExecuteDeleteAsync(ct);
                if (ended == 1)
                {
                    await CountAsync(db, viewer.Id, to, -1, ct);
                    await notify.FollowUndoneAsync(db, viewer, to, ct);
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>A name begins with a letter, so what is all digits is an id.</summary>
    private static Task<long?> FindAsync(PampsDb db, string whom, CancellationToken ct)
    {
        var users = long.TryParse(whom, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? db.Users.Where(x => x.Id == id)
            : db.Users.Named(whom);
        return users.Select(x => (long?)x.Id).SingleOrDefaultAsync(ct);
    }

    private static async Task CountAsync(PampsDb db, long from, long to, int change, CancellationToken ct)
    {
        // Always the smaller id first: two who follow each other at once do not wait for each other in a circle.
        foreach (var id in new[] { Math.Min(from, to), Math.Max(from, to) })
        {
            var user = db.Users.Where(x => x.Id == id);
            await (
                id == from
                    ? user.ExecuteUpdateAsync(
                        x => x.SetProperty(u => u.FollowingCount, u => u.FollowingCount + change),
                        ct
                    )
                    : user.ExecuteUpdateAsync(
                        x => x.SetProperty(u => u.FollowersCount, u => u.FollowersCount + change),
                        ct
                    )
            );
        }
    }

    private static Made<FollowView> View(Follow follow, bool isNew) =>
        new(new FollowView(follow.From, follow.To, follow.Date), isNew);
}
