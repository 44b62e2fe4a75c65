using Pamps.Core.Filters;
using Pamps.Core.Posts;
using Pamps.Core.Reads;

namespace Pamps.Core.Streaming;

/// <summary>Gives each listener events as their filters leave them, by the same rule as lists.</summary>
internal sealed class FilterEvents(Sql sql, KnownFilters known, FilterPosts posts)
{
    /// <summary>The filters of those listeners who have some, as they are now. Few have: an index holds those only.</summary>
    public async Task<Dictionary<long, FilterSet>> FindAsync(
        IReadOnlyCollection<long> listening,
        CancellationToken ct
    )
    {
        var found = new Dictionary<long, FilterSet>();
        if (listening.Count == 0)
        {
            return found;
        }
        var versions = await sql.ListAsync(
            $"""
            SELECT a.user_id, a.filters_version FROM account a
            WHERE a.filters_version > 0 AND {sql.Dialect.IsOneOf("a.user_id", "listening")}
            """,
            row => (UserId: row.GetInt64(0), Version: row.GetInt64(1)),
            ct,
            sql.Dialect.Ids("listening", listening)
        );
        foreach (var (userId, version) in versions)
        {
            found[userId] = await known.OfAsync(userId, version, ct);
        }
        return found;
    }

    /// <summary>
    /// The event for each listener, by their filters; null when these hide it. For whom they do nothing it stays the one that all get.
    /// </summary>
    public Func<FilterSet, long, LiveEvent?> Ready(LiveEvent what) =>
        what switch
        {
            LiveEvent.PostWritten x => posts.Ready(
                FilterPlaces.Home,
                x,
                x => x.Post,
                (x, post) => x with { Post = post }
            ),
            // Who was shown it before keeps what was no offence.
            LiveEvent.PostEdited x => posts.Ready(
                FilterPlaces.Home,
                x,
                x => x.Post,
                (x, post) => x with { Post = post }
            ),
            LiveEvent.Notified x => posts.Ready(
                FilterPlaces.Notifications,
                x,
                x => x.Notification.Post,
                (x, post) => x with { Notification = x.Notification with { Post = post } }
            ),
            _ => (_, _) => what,
        };
}
