using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Notifications;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Writes;

namespace Pamps.Core.Streaming;

/// <summary>Loads what events are about, for a batch of them at once.</summary>
internal sealed class EventLoader(Sql sql)
{
    /// <summary>The events in their order, without those of posts and notifications that are gone by now.</summary>
    public async Task<IReadOnlyList<(EventRow Row, LiveEvent Event)>> LoadAsync(
        IReadOnlyCollection<EventRow> rows,
        CancellationToken ct
    )
    {
        var posts = await PostsAsync(rows, ct);
        var told = rows.Where(x => x.Kind == EventKind.Notification).Select(x => x.SubjectId).ToHashSet();
        var notified = await ReadNotifications.ByIdFromAsync(sql, told, ct);
        return [.. rows.Select(x => (x, Load(x, posts, notified)!)).Where(x => x.Item2 is not null)];
    }

    private static LiveEvent? Load(
        EventRow row,
        Dictionary<long, PostView> posts,
        IReadOnlyDictionary<long, NotificationView> notifications
    ) =>
        row.Kind switch
        {
            EventKind.Post when posts.TryGetValue(row.SubjectId, out var post) => new LiveEvent.PostWritten(
                row.Place,
                post
            ),
            EventKind.Edit when posts.TryGetValue(row.SubjectId, out var post) => new LiveEvent.PostEdited(
                row.Place,
                post
            ),
            EventKind.Delete => new LiveEvent.PostDeleted(row.Place, row.SubjectId, row.ParentId),
            EventKind.Notification when notifications.TryGetValue(row.SubjectId, out var notification) =>
                new LiveEvent.Notified(row.Place, notification),
            EventKind.NotificationGone => new LiveEvent.NotificationGone(row.Place, row.SubjectId),
            EventKind.ArchiveEnded => new LiveEvent.ArchiveEnded(row.Place),
            EventKind.ImportEnded => new LiveEvent.ImportEnded(row.Place, row.SubjectId),
            _ => null,
        };

    private async Task<Dictionary<long, PostView>> PostsAsync(
        IReadOnlyCollection<EventRow> rows,
        CancellationToken ct
    )
    {
        var ids = rows.Where(x => x.Kind is EventKind.Post or EventKind.Edit)
            .Select(x => x.SubjectId)
            .ToHashSet();
        if (ids.Count == 0)
        {
            return [];
        }
        var posts = await sql.ListAsync(
            PostSql.AllAmong(sql.Dialect),
            PostSql.Read,
            ct,
            sql.Dialect.Ids("ids", ids)
        );
        return posts.ToDictionary(x => x.Id);
    }
}
