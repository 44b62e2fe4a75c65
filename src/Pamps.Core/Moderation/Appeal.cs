using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>Lets somebody who was warned, silenced or suspended, or whose posts were covered, ask once that this be looked at again.</summary>
public sealed class Appeal
{
    /// <summary>The most characters of an appeal.</summary>
    public const int MaxLength = 1000;

    private static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "notice_not_found",
        "There is no such deed against which one may appeal"
    );

    private static readonly Error Done = new(
        ErrorKind.Conflict,
        "appealed_already",
        "One may appeal once, and has done so"
    );

    private readonly Writer writer;
    private readonly Sql sql;

    internal Appeal(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>Appeals against what was done to the viewer. Refused when there is nothing such, and the second time.</summary>
    /// <param name="viewer">Whom it was done to.</param>
    /// <param name="id">What: a warning, a silence, a suspension, or that posts were covered.</param>
    /// <param name="text">What they say, at most <see cref="MaxLength"/> characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<ModerationView>> RunAsync(
        Viewer viewer,
        long id,
        string? text,
        CancellationToken cancellationToken
    ) => RunAsync(viewer, viewer.Id, ("m.id = @of_action", id), text, viewer.Network, cancellationToken);

    /// <summary>
    /// The same against the suspension of an account that nobody signs in to, for who has just given its password; without a text it is
    /// only read. Refused when it is not suspended.
    /// </summary>
    /// <param name="userId">Whose account.</param>
    /// <param name="text">What they say; null to read what was done.</param>
    /// <param name="network">Where it comes from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ModerationView>> RunForSuspendedAsync(
        long userId,
        string? text,
        string? network,
        CancellationToken cancellationToken
    )
    {
        if (text is null)
        {
            var found = await sql.FirstAsync(
                $"SELECT m.id, {ModerationSql.ActionColumns} FROM {ModerationSql.Actions} WHERE {LastSuspension}",
                ModerationSql.ReadAction,
                cancellationToken,
                ("of", userId)
            );
            return found is null ? NotFound : found.ToThemselves();
        }
        return await RunAsync(viewer: null, userId, (LastSuspension, 0), text, network, cancellationToken);
    }

    /// <summary>The newest suspension of the user <c>of</c>, while it lasts.</summary>
    private static readonly string LastSuspension = $"""
        m.id = (SELECT max(n.id) FROM moderation n WHERE n.user_id = @of AND n.kind = {(int)
            ModerationKind.Suspend})
        AND m.user_id = @of AND EXISTS (SELECT 1 FROM "user" u WHERE u.id = @of AND u.erase_at IS NOT NULL AND {UserSql.IsHere})
        """;

    private async Task<Result<ModerationView>> RunAsync(
        Viewer? viewer,
        long userId,
        (string Condition, long Value) which,
        string? text,
        string? network,
        CancellationToken cancellationToken
    )
    {
        var words = PlainText.Normalize("text", text, 1, MaxLength);
        if (words.IsRefused(out var error))
        {
            return error;
        }
        return await writer.RunAsync<ModerationView>(
            viewer,
            async write =>
            {
                // Of two at once the later finds the earlier.
                write.LockUser(userId);
                var found = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT m.id, {ModerationSql.ActionColumns} FROM {ModerationSql.Actions}
                        WHERE m.user_id = @of AND {which.Condition}
                            AND m.kind IN ({(int)ModerationKind.Warn}, {(int)ModerationKind.Silence}, {(int)
                            ModerationKind.Suspend}, {(int)ModerationKind.MarkSensitive})
                        """,
                        ("of", userId),
                        ("of_action", which.Value)
                    ),
                    ModerationSql.ReadAction
                );
                if (found is null)
                {
                    return NotFound;
                }
                if (found.AppealedAt is not null)
                {
                    return Done;
                }
                write.Then(
                    new Statement(
                        "UPDATE moderation SET appeal = @appeal, appealed_at = @now WHERE id = @id AND appealed_at IS NULL",
                        ("appeal", words.Value),
                        ("now", write.Now),
                        ("id", found.Id)
                    )
                );
                write.Audit(
                    new SecurityEvent(SecurityEventKinds.AppealMade, userId, userId, network, $"{found.Id}")
                );
                return found.ToThemselves() with { Appeal = words.Value, AppealedAt = write.Now };
            },
            cancellationToken
        );
    }
}
