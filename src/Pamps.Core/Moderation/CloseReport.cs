using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>Is done with a report.</summary>
public sealed class CloseReport
{
    private static readonly Error Closed = new(
        ErrorKind.Conflict,
        "report_closed",
        "Another moderator is done with this report"
    );

    private readonly Writer writer;

    internal CloseReport(Writer writer) => this.writer = writer;

    /// <summary>
    /// Closes an open report. Refused to all but moderators, to who reported or is reported, when there is no such report, and when
    /// another was faster.
    /// </summary>
    /// <param name="viewer">Who is done with it.</param>
    /// <param name="id">The report.</param>
    /// <param name="dismissed">Whether nothing was to be done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        long id,
        bool dismissed,
        CancellationToken cancellationToken
    ) =>
        viewer.Role.May(Powers.Moderate)
            ? await writer.RunAsync<Done>(
                viewer,
                async write =>
                {
                    var report = await FindAsync(write, id);
                    if (report is null)
                    {
                        return ModerationSql.ReportNotFound;
                    }
                    if (report.UserId == viewer.Id || !viewer.Role.IsAbove(report.Role))
                    {
                        return Error.NotBelow;
                    }
                    if (!report.IsOpen)
                    {
                        return Closed;
                    }
                    Close(write, id, report.UserId, dismissed);
                    return new Done();
                },
                cancellationToken
            )
            : Error.ModeratorsOnly;

    /// <summary>A report, locked; null when there is none.</summary>
    internal static Task<FoundReport?> FindAsync(Write write, long id) =>
        write.FirstAsync(
            new Statement(
                $"""
                SELECT r.user_id, r.closed_at IS NULL, {UserSql.RoleOf}
                FROM report r LEFT JOIN account a ON a.user_id = r.user_id
                WHERE r.id = @id{write.Dialect.ForNoKeyUpdate("r")}
                """,
                ("id", id)
            ),
            row => new FoundReport(row.GetInt64(0), row.GetBoolean(1), UserSql.ReadRole(row, 2))
        );

    /// <summary>Leaves it closed.</summary>
    internal static void Close(Write write, long id, long userId, bool dismissed)
    {
        write.Then(
            new Statement(
                "UPDATE report SET closed_at = @now, closed_by = @closed_by, dismissed = @dismissed WHERE id = @id",
                ("now", write.Now),
                ("closed_by", write.Viewer.Id),
                ("dismissed", dismissed),
                ("id", id)
            )
        );
        write.Audit(
            SecurityEvent.By(
                write.Viewer,
                SecurityEventKinds.ReportClosed,
                userId,
                string.Create(CultureInfo.InvariantCulture, $"{id} {(dismissed ? "dismissed" : "resolved")}")
            )
        );
    }

    internal sealed record FoundReport(long UserId, bool IsOpen, Role Role);
}
