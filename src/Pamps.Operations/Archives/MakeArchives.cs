using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Mail;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>
/// Makes the archives that people have asked for, one after the other, and tells them. One that fails keeps no other from being made.
/// </summary>
internal sealed partial class MakeArchives(
    Writer writer,
    ExportAccount export,
    IPrivateFiles files,
    ArchiveRoom room,
    MailQueue mails,
    ILogger<MakeArchives> logger
) : IJobHandler
{
    /// <summary>How many times one is begun: a server that ends each time while it makes it must not do so for ever.</summary>
    private const int MostAttempts = 3;

    public string Kind => OrderArchive.JobKind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        while (await BeginAsync(ct) is { } order)
        {
            await MakeAsync(order, ct);
        }
    }

    /// <summary>The one that waits longest, which is this job's from now on; null when none does.</summary>
    private async Task<Order?> BeginAsync(CancellationToken ct)
    {
        var begun = await writer.RunAsync<Order?>(
            viewer: null,
            async write =>
            {
                // Those that are not to be begun again are ended first; there are few.
                var spent = await write.ListAsync(
                    new Statement(
                        "UPDATE archive SET ended_at = @now, error = @error WHERE ended_at IS NULL AND attempts >= @most RETURNING user_id, file",
                        ("now", write.Now),
                        ("error", "failed"),
                        ("most", MostAttempts)
                    ),
                    row => (UserId: row.GetInt64(0), File: row.GetStringOrNull(1))
                );
                foreach (var (userId, file) in spent)
                {
                    DropPrivateFile.Ask(write, file);
                    write.Then(
                        new Statement(
                            "UPDATE archive SET file = NULL WHERE user_id = @user_id",
                            ("user_id", userId)
                        )
                    );
                    write.Record(new ArchiveEnded(userId));
                }
                var order = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT a.user_id, u.username, a.asked_at, a.file, a.language
                        FROM archive a JOIN "user" u ON u.id = a.user_id
                        WHERE a.ended_at IS NULL AND a.attempts < @most AND {UserSql.IsHere}
                        ORDER BY a.asked_at LIMIT 1{write.Dialect.ForUpdate("a")}
                        """,
                        ("most", MostAttempts)
                    ),
                    row => new Order(
                        row.GetInt64(0),
                        row.GetString(1),
                        row.GetUtc(2),
                        row.GetStringOrNull(3),
                        row.GetStringOrNull(4)
                    )
                );
                if (order is null)
                {
                    return order;
                }
                // What was written of it before a server ended.
                DropPrivateFile.Ask(write, order.File);
                order = order with { File = PrivateFileName.New() };
                write.Then(
                    new Statement(
                        "UPDATE archive SET attempts = attempts + 1, file = @file WHERE user_id = @user_id",
                        ("file", order.File),
                        ("user_id", order.UserId)
                    )
                );
                return order;
            },
            ct
        );
        return begun.Value;
    }

    private async Task MakeAsync(Order order, CancellationToken ct)
    {
        try
        {
            using var share = await room.BeginAsync(ct);
            var bytes = await files.PutPrivateAsync(
                order.File!,
                async (file, stop) =>
                {
                    var viewer = new Viewer(order.UserId, order.Username, Superuser: false, LoginId: 0);
                    var made = await export.RunAsync(
                        viewer,
                        order.Username,
                        new BoundedStream(file, share),
                        progress: null,
                        stop
                    );
                    if (made.IsRefused(out var refusal))
                    {
                        throw new InvalidOperationException(refusal.Message);
                    }
                },
                ct
            );
            await EndAsync(order, bytes, error: null, ct);
            share.Keep();
        }
        // The server stops, or has no database: the same one is begun again.
        catch (Exception exception)
            when (exception is DatabaseUnavailableException || ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            LogFailed(order.UserId, JobError.Describe(exception));
            await EndAsync(order, bytes: 0, exception is NoRoomException ? "no_room" : "failed", ct);
        }
    }

    private Task<Result<Done>> EndAsync(Order order, long bytes, string? error, CancellationToken ct) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                var isStillWanted = await write.ExecuteAsync(
                    new Statement(
                        """
                        UPDATE archive SET ended_at = @now, bytes = @bytes, error = @error, file = @kept
                        WHERE user_id = @user_id AND ended_at IS NULL AND file = @file
                        """,
                        ("now", write.Now),
                        ("bytes", bytes),
                        ("error", error),
                        ("kept", error is null ? order.File : null),
                        ("user_id", order.UserId),
                        ("file", order.File)
                    )
                );
                if (error is not null || isStillWanted == 0)
                {
                    DropPrivateFile.Ask(write, order.File);
                }
                else
                {
                    mails.Leave(write, MailSubject.ArchiveReady, order.UserId, order.Language);
                }
                if (isStillWanted > 0)
                {
                    write.Record(new ArchiveEnded(order.UserId));
                }
                return new Done();
            },
            ct
        );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The archive of the account {AccountId} could not be made: {Reason}"
    )]
    private partial void LogFailed(long accountId, string reason);

    private sealed record Order(
        long UserId,
        string Username,
        DateTime AskedAt,
        string? File,
        string? Language
    );
}
