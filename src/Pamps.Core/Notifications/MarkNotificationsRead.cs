using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Notifications;

/// <summary>Marks what somebody is told as read.</summary>
public sealed class MarkNotificationsRead
{
    private readonly Writer writer;

    internal MarkNotificationsRead(Writer writer) => this.writer = writer;

    /// <summary>
    /// Marks the viewer's notifications up to this id as read. The mark never goes back; and never beyond the newest
    /// that there is, so that those to come are unread whatever number was sent. Refused when it is no id.
    /// </summary>
    /// <param name="viewer">Whose notifications.</param>
    /// <param name="upTo">The newest that the viewer has seen; needed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunAsync(Viewer viewer, long? upTo, CancellationToken cancellationToken)
    {
        if (upTo is not (> 0 and <= Ids.Max))
        {
            return Error.Invalid("up_to", "not_an_id", "up_to is the id of a notification.");
        }
        return await writer.RunAsync<Done>(
            viewer,
            write =>
            {
                write.Then(
                    new Statement(
                        """
                        UPDATE account SET notifications_read = (
                            SELECT max(n.id) FROM notification n WHERE n.user_id = @viewer AND n.id <= @up_to
                        )
                        WHERE user_id = @viewer AND notifications_read < (
                            SELECT max(n.id) FROM notification n WHERE n.user_id = @viewer AND n.id <= @up_to
                        )
                        """,
                        ("viewer", viewer.Id),
                        ("up_to", upTo)
                    )
                );
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken
        );
    }
}
