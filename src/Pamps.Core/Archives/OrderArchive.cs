using System.Data.Common;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Archives;

/// <summary>
/// Asks for the archive of one's own account, reads how it stands with it, and hands it over. It is made by a job, one account's after the
/// other, so that nobody keeps the machine from its work.
/// </summary>
public sealed class OrderArchive
{
    /// <summary>The kind of the job that makes archives, and its key: there is one for all.</summary>
    internal const string JobKind = "make-archives";

    /// <summary>How long after one was asked for another one may be.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>The same where it could not be made.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    private const string Columns = "a.asked_at, a.attempts, a.ended_at, a.file, a.bytes, a.error";

    private static readonly Error UnderWay = new(
        ErrorKind.Conflict,
        "archive_under_way",
        "Your archive is being made already"
    );

    private static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "archive_not_found",
        "There is no archive of yours"
    );

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly IPrivateFiles files;
    private readonly ArchiveRoom room;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    internal OrderArchive(
        Writer writer,
        Sql sql,
        IPrivateFiles files,
        ArchiveRoom room,
        PampsOptions options,
        TimeProvider time
    ) =>
        (this.writer, this.sql, this.files, this.room, this.options, this.time) = (
            writer,
            sql,
            files,
            room,
            options,
            time
        );

    /// <summary>
    /// Asks for it, in place of the one before. Refused while one is being made, when one was asked for within a day and could be made,
    /// and when there is no room for archives.
    /// </summary>
    public async Task<Result<ArchiveView>> RunAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return await room.LeftAsync(cancellationToken) == 0
            ? ArchiveRoom.None
            : await writer.RunAsync<ArchiveView>(
                viewer,
                async write =>
                {
                    // Of two at once the later finds the earlier.
                    write.LockUser(viewer.Id);
                    var before = await write.FirstAsync(Find(viewer), Read);
                    if (before is { EndedAt: null })
                    {
                        return UnderWay;
                    }
                    if (NextAt(before, write.Now) is { } next)
                    {
                        return TooMany(next - write.Now);
                    }
                    DropPrivateFile.Ask(write, before?.File);
                    write.Then(
                        new Statement(
                            """
                            INSERT INTO archive (user_id, asked_at, attempts, bytes, language)
                            VALUES (@viewer, @now, 0, 0, @language)
                            ON CONFLICT (user_id) DO UPDATE SET asked_at = excluded.asked_at, attempts = 0, ended_at = NULL,
                                file = NULL, bytes = 0, error = NULL, language = excluded.language
                            """,
                            ("viewer", viewer.Id),
                            ("now", write.Now),
                            ("language", viewer.Language)
                        )
                    );
                    write.Enqueue(new Job(JobKind, Key: ""));
                    write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.ArchiveAsked, viewer.Id));
                    return new ArchiveView(ArchiveState.Waiting, AskedAt: write.Now);
                },
                cancellationToken
            );
    }

    /// <summary>Has none be there, or be made; no error when there is none. It counts as one of its day all the same.</summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                if (
                    await write.FirstAsync(Find(viewer), Read) is { } row
                    && (row.EndedAt is null || row.File is not null)
                )
                {
                    DropPrivateFile.Ask(write, row.File);
                    write.Then(
                        new Statement(
                            "UPDATE archive SET ended_at = @now, file = NULL, bytes = 0 WHERE user_id = @viewer",
                            ("now", write.Now),
                            ("viewer", viewer.Id)
                        )
                    );
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>How it stands with the viewer's.</summary>
    public async Task<ArchiveView> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var found = Find(viewer);
        var row = await sql.FirstAsync(found.Sql, Read, cancellationToken, found.Parameters);
        return View(row, time.Now());
    }

    /// <summary>
    /// The viewer's archive. Refused when the password was not given for the viewer's token, whoever that is, and when there is none.
    /// </summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async Task<Result<ArchiveFile>> OpenAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.Fresh)
        {
            return Error.NotFresh;
        }
        var found = Find(viewer);
        var row = await sql.FirstAsync(found.Sql, Read, cancellationToken, found.Parameters);
        return
            View(row, time.Now()).State == ArchiveState.Ready
            && await files.OpenPrivateAsync(row!.File!, cancellationToken) is { } content
            ? new ArchiveFile(content, row.File!, row.EndedAt!.Value)
            : NotFound;
    }

    private ArchiveView View(ArchiveRow? row, DateTime now)
    {
        if (row is null)
        {
            return new ArchiveView(ArchiveState.None);
        }
        var expires = row.EndedAt?.AddDays(options.Archives.Days);
        var state =
            row.EndedAt is null ? (row.Attempts == 0 ? ArchiveState.Waiting : ArchiveState.Making)
            : row.Error is not null ? ArchiveState.Failed
            : row.File is not null && expires > now ? ArchiveState.Ready
            : ArchiveState.None;
        return new ArchiveView(
            state,
            row.AskedAt,
            row.EndedAt,
            state == ArchiveState.Ready ? row.Bytes : null,
            state == ArchiveState.Ready ? expires : null,
            NextAt(row, now)
        );
    }

    /// <summary>When another one may be asked for; null for now.</summary>
    private static DateTime? NextAt(ArchiveRow? row, DateTime now)
    {
        var next = row?.Error is null ? row?.AskedAt + Pause : row.EndedAt + PauseAfterFailure;
        return next > now ? next : null;
    }

    private static Error TooMany(TimeSpan wait) =>
        new(ErrorKind.TooMany, "too_many_archives", "An archive can be asked for once a day")
        {
            Exceeded = new Exceeded("archives", 1, Pause, wait),
        };

    private static Statement Find(Viewer viewer) =>
        new($"SELECT {Columns} FROM archive a WHERE a.user_id = @viewer", ("viewer", viewer.Id));

    private static ArchiveRow Read(DbDataReader row) =>
        new(
            row.GetUtc(0),
            row.GetInt32(1),
            row.GetUtcOrNull(2),
            row.GetStringOrNull(3),
            row.GetInt64(4),
            row.GetStringOrNull(5)
        );

    private sealed record ArchiveRow(
        DateTime AskedAt,
        int Attempts,
        DateTime? EndedAt,
        string? File,
        long Bytes,
        string? Error
    );
}
