using System.Data.Common;
using System.Text.Json;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Archives;

/// <summary>
/// Takes a file that somebody brings from elsewhere, to be taken in by a job, and stops that. What a file may hold, and what becomes of
/// it, docs/import.md says.
/// </summary>
public sealed class OrderImport
{
    /// <summary>The kind of the job that takes them in, and its key: there is one for all.</summary>
    internal const string JobKind = "run-imports";

    private static readonly string[] Visibilities = ["public", "unlisted", "followers"];

    /// <summary>The words for what is brought, in the order of <see cref="ImportKind"/>.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    ["archive", "follows", "blocks", "mutes", "bookmarks"];

    /// <summary>How many one account brings in a day.</summary>
    internal const int MostPerDay = 10;

    /// <summary>How many files come in at once on this instance.</summary>
    private const int MostAtOnce = 4;

    private const string Columns =
        "i.kind, i.state, i.created_at, i.ended_at, i.bytes, i.done, i.total, i.error, i.report";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Error Off = new(
        ErrorKind.Forbidden,
        "imports_off",
        "Nobody brings archives to this server"
    );

    private static readonly Error UnderWay = new(
        ErrorKind.Conflict,
        "import_under_way",
        "Another import of yours is not done yet; wait for it, or cancel it"
    );

    private static readonly Error Busy = new(
        ErrorKind.Unavailable,
        "uploads_full",
        "Too many are sending archives now; try again soon"
    );

    private static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "import_not_found",
        "There is no such import of yours"
    );

    private readonly AtOnce uploads = new();
    private readonly Writer writer;
    private readonly Sql sql;
    private readonly IPrivateFiles files;
    private readonly ArchiveRoom room;
    private readonly ConfirmedEmail confirmed;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    internal OrderImport(
        Writer writer,
        Sql sql,
        IPrivateFiles files,
        ArchiveRoom room,
        ConfirmedEmail confirmed,
        PampsOptions options,
        TimeProvider time
    )
    {
        (this.writer, this.sql, this.files, this.room) = (writer, sql, files, room);
        (this.confirmed, this.options, this.time) = (confirmed, options, time);
    }

    /// <summary>The most bytes that a file may have.</summary>
    public long MostBytes => options.Archives.ImportBytes;

    /// <summary>The refusal of a file for which there is no room.</summary>
    public static Error NoRoom => ArchiveRoom.None;

    /// <summary>Reads what is said of a file that is brought; refused are words that are none.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>; null for the first.</param>
    /// <param name="visibility">Who may see its posts at most: public, unlisted or followers; null for the first.</param>
    public static Result<(ImportKind Kind, Visibility Visibility)> Read(string? kind, string? visibility)
    {
        var errors = new FieldErrors();
        var (kindAt, visibilityAt) = (
            Place("kind", kind, Kinds),
            Place("visibility", visibility, Visibilities)
        );
        return errors.Any(out var error) ? error : ((ImportKind)kindAt, (Visibility)visibilityAt);

        int Place(string field, string? word, IReadOnlyList<string> words)
        {
            var place = word is null ? 0 : words.ToList().IndexOf(word);
            if (place < 0)
            {
                errors.Add(
                    field,
                    new FieldError("unknown_word", $"{field} is one of {string.Join(", ", words)}.")
                );
            }
            return place;
        }
    }

    /// <summary>
    /// Asks whether the viewer may send a file, before any of it is read. What is answered is to be disposed when all is done, for only
    /// one of theirs is on its way at once.
    /// </summary>
    /// <param name="viewer">Who sends it.</param>
    /// <param name="atLeast">How many bytes it has at least, as far as that is known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ReadOnlyException">Nothing is written here.</exception>
    public async Task<Result<ImportUpload>> BeginAsync(
        Viewer viewer,
        long atLeast,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (options.Db.ReadOnly)
        {
            throw new ReadOnlyException();
        }
        if (MostBytes == 0)
        {
            return Off;
        }
        if (!uploads.TryEnter(viewer.Id, 1))
        {
            return UnderWay;
        }
        if (!uploads.TryEnter(ImportUpload.All, MostAtOnce))
        {
            uploads.Leave(viewer.Id);
            return Busy;
        }
        ImportUpload? upload = null;
        try
        {
            var now = time.Now();
            var refusal = await sql.FirstAsync(Look(viewer, now), row => Refusal(row, now), cancellationToken)
                ?? (await room.LeftAsync(cancellationToken) < Math.Max(1, atLeast) ? ArchiveRoom.None : null);
            if (refusal is not null)
            {
                return refusal;
            }
            return upload = new ImportUpload(uploads, viewer.Id, new ArchiveRoom.Share(room));
        }
        finally
        {
            if (upload is null)
            {
                uploads.Leave(viewer.Id);
                uploads.Leave(ImportUpload.All);
            }
        }
    }

    /// <summary>Keeps a file that comes, until <see cref="RunAsync"/> takes it or <see cref="DropAsync"/> drops it.</summary>
    /// <param name="writeAsync">Writes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its name, and how many bytes it has.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task<(string Name, long Bytes)> KeepAsync(
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    )
    {
        var name = PrivateFileName.New();
        return (name, await files.PutPrivateAsync(name, writeAsync, cancellationToken));
    }

    /// <summary>Drops a file that was kept.</summary>
    public Task DropAsync(string file, CancellationToken cancellationToken) =>
        files.RemovePrivateAsync(file, cancellationToken);

    /// <summary>
    /// Has a file that was kept be taken in. Refused as before it came, of two at once that of the later: then it is not needed any more.
    /// </summary>
    /// <param name="viewer">Whose it is.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="visibility">Who may see its posts at most.</param>
    /// <param name="file">The file.</param>
    /// <param name="bytes">How many it has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<ImportView>> RunAsync(
        Viewer viewer,
        ImportKind kind,
        Visibility visibility,
        string file,
        long bytes,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<ImportView>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                var refusal = await write.FirstAsync(Look(viewer, write.Now), row => Refusal(row, write.Now));
                if (refusal is not null)
                {
                    return refusal;
                }
                var id = write.NewId();
                write.Then(
                    new Statement(
                        """
                        INSERT INTO import (id, user_id, kind, visibility, created_at, file, bytes)
                        VALUES (@id, @user_id, @kind, @visibility, @now, @file, @bytes)
                        """,
                        ("id", id),
                        ("user_id", viewer.Id),
                        ("kind", (short)kind),
                        ("visibility", (short)visibility),
                        ("now", write.Now),
                        ("file", file),
                        ("bytes", bytes)
                    )
                );
                write.Enqueue(new Job(JobKind, Key: ""));
                return new ImportView(
                    id,
                    kind,
                    ImportState.Waiting,
                    write.Now,
                    EndedAt: null,
                    bytes,
                    Done: 0,
                    Total: 0,
                    Error: null,
                    Report: null
                );
            },
            cancellationToken
        );

    /// <summary>
    /// Stops one, of which what was taken in until then stays; no error when it has ended. Others' are not found.
    /// </summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                (string, object?)[] which = [("id", id), ("viewer", viewer.Id)];
                var found = await write.FirstAsync(
                    new Statement(
                        $"SELECT i.ended_at, i.file FROM import i WHERE i.id = @id AND i.user_id = @viewer{write.Dialect.ForUpdate("i")}",
                        which
                    ),
                    row => new { EndedAt = row.GetUtcOrNull(0), File = row.GetStringOrNull(1) }
                );
                if (found is null)
                {
                    return NotFound;
                }
                if (found.EndedAt is null)
                {
                    DropPrivateFile.Ask(write, found.File);
                    write.Then(
                        new Statement(
                            "UPDATE import SET state = @cancelled, ended_at = @now, file = NULL WHERE id = @id",
                            [.. which, ("cancelled", (short)ImportState.Cancelled), ("now", write.Now)]
                        )
                    );
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>A page of the viewer's, newest first.</summary>
    public Task<Page<ImportView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        new SqlList<ImportView>(Columns, "import i", "true", "i.id", Read, of: "i.user_id").ReadAsync(
            sql,
            page,
            ListOrder.Newest,
            ct,
            ("of", viewer.Id)
        );

    /// <summary>One of the viewer's. Others' are not found.</summary>
    public async Task<Result<ImportView>> ReadAsync(Viewer viewer, long id, CancellationToken ct) =>
        await sql.FirstAsync(
            $"SELECT i.id, {Columns} FROM import i WHERE i.id = @id AND i.user_id = @viewer",
            Read,
            ct,
            ("id", id),
            ("viewer", viewer.Id)
        )
            is { } found
            ? found
            : NotFound;

    private Statement Look(Viewer viewer, DateTime now) =>
        new(
            $"""
            SELECT {confirmed.IsInTheWay},
                EXISTS (SELECT 1 FROM import i WHERE i.user_id = @viewer AND i.ended_at IS NULL),
                (SELECT count(*) FROM import i WHERE i.user_id = @viewer AND i.id >= @first),
                (SELECT MIN(i.id) FROM import i WHERE i.user_id = @viewer AND i.id >= @first)
            """,
            ("viewer", viewer.Id),
            // An id says when its row was made.
            ("first", Ids.At(now - Day, 0))
        );

    private static Error? Refusal(DbDataReader row, DateTime now) =>
        row.GetBoolean(0) ? ConfirmedEmail.NotConfirmed
        : row.GetBoolean(1) ? UnderWay
        : row.GetInt64(2) >= MostPerDay
            ? new Error(ErrorKind.TooMany, "too_many_imports", "Too many imports; try again later")
            {
                Exceeded = new Exceeded("imports", MostPerDay, Day, Ids.DateOf(row.GetInt64(3)) + Day - now),
            }
        : null;

    private static ImportView Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            (ImportKind)row.GetInt16(1),
            (ImportState)row.GetInt16(2),
            row.GetUtc(3),
            row.GetUtcOrNull(4),
            row.GetInt64(5),
            row.GetInt64(6),
            row.GetInt64(7),
            row.GetStringOrNull(8),
            row.GetStringOrNull(9) is { } report
                ? JsonSerializer.Deserialize(report, ImportReportJson.Kept.ImportReport)
                : null
        );
}
