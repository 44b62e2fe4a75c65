using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>Takes a picture that somebody sends, or video or audio.</summary>
public sealed class UploadMedia
{
    private readonly Writer writer;
    private readonly Sql sql;
    private readonly Quotas quotas;
    private readonly IMediaStore store;
    private readonly KeepFiles files;
    private readonly IPictureMaker maker;
    private readonly IRecordingMaker recordings;
    private readonly PictureQueue queue;
    private readonly ConfirmedEmail confirmed;
    private readonly MediaOptions options;
    private readonly bool isReadOnly;
    private readonly TimeProvider time;

    internal UploadMedia(
        Writer writer,
        Sql sql,
        Quotas quotas,
        IMediaStore store,
        KeepFiles files,
        IPictureMaker maker,
        IRecordingMaker recordings,
        PictureQueue queue,
        ConfirmedEmail confirmed,
        PampsOptions options,
        TimeProvider time
    )
    {
        (this.writer, this.sql, this.quotas, this.confirmed) = (writer, sql, quotas, confirmed);
        (this.store, this.files, this.maker, this.queue) = (store, files, maker, queue);
        this.recordings = recordings;
        (this.options, isReadOnly, this.time) = (options.Media, options.Db.ReadOnly, time);
    }

    /// <summary>
    /// Asks whether the viewer may send a picture, before any of it is read. What is answered is to be disposed when all is done, for
    /// only so many are on their way at once.
    /// </summary>
    /// <param name="viewer">Who sends it.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ReadOnlyException">Nothing is written here.</exception>
    public async Task<Result<IDisposable>> BeginAsync(Viewer viewer, CancellationToken ct)
    {
        if (isReadOnly)
        {
            throw new ReadOnlyException();
        }
        if (maker.MediaTypes.Count == 0)
        {
            return MediaErrors.NoneTaken;
        }
        var entered = queue.Enter(viewer.Id);
        if (entered.IsRefused(out _))
        {
            return entered;
        }
        try
        {
            if (await LookAsync(viewer, ct) is { } error)
            {
                entered.Value.Dispose();
                return error;
            }
            return entered;
        }
        catch
        {
            entered.Value.Dispose();
            throw;
        }
    }

    /// <summary>The most bytes of an upload, whatever it is.</summary>
    public int MostBytes =>
        TakesRecordings ? Math.Max(options.MaxBytes, options.MaxRecordingBytes) : options.MaxBytes;

    private bool TakesRecordings => recordings.VideoTypes.Count > 0;

    /// <summary>A new file to write what comes into, which is gone when it is closed. It may have <see cref="MostBytes"/>.</summary>
    public FileStream NewFile() => store.NewUpload();

    /// <summary>
    /// Draws the picture anew, or encodes video and audio, and keeps it, without a post. Refused is what is neither, or too large or long,
    /// and who has no room left.
    /// </summary>
    /// <param name="viewer">Who sends it.</param>
    /// <param name="path">The file that came; whatever it is called, its bytes decide.</param>
    /// <param name="description">What is to be seen on it; null for nothing.</param>
    /// <param name="focus">The point that stays when it is cropped, as <c>x,y</c> from -1 to 1; null for the middle.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<MediaView>> RunAsync(
        Viewer viewer,
        string path,
        string? description,
        string? focus,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return TakeAsync(viewer, viewer.Id, path, description, focus, wasKept: false, cancellationToken);
    }

    /// <summary>
    /// The same for what an archive of an account holds, which anybody may have made: it takes of the account's room, and is none of
    /// the uploads of an hour. What was kept before, as it was made here, may be larger than an upload.
    /// </summary>
    internal async Task<Result<MediaView>> TakeInAsync(
        long ownerId,
        string path,
        string? description,
        string? focus,
        bool wasKept,
        CancellationToken ct
    ) =>
        maker.MediaTypes.Count == 0
            ? MediaErrors.NoneTaken
            : await TakeAsync(viewer: null, ownerId, path, description, focus, wasKept, ct);

    private async Task<Result<MediaView>> TakeAsync(
        Viewer? viewer,
        long ownerId,
        string path,
        string? description,
        string? focus,
        bool wasKept,
        CancellationToken cancellationToken
    )
    {
        if (OwnMedia.Describe(description) is var words && words.IsRefused(out var error))
        {
            return error;
        }
        if (Focus.Parse(focus) is var point && point.IsRefused(out error))
        {
            return error;
        }
        try
        {
            var made = await MakeAsync(viewer, path, wasKept, cancellationToken);
            if (made.IsRefused(out error))
            {
                return error;
            }
            return await KeepAsync(
                viewer,
                ownerId,
                made.Value,
                x => x with { Description = words.Value, FocusX = point.Value.X, FocusY = point.Value.Y },
                also: null,
                cancellationToken
            );
        }
        catch (IOException)
        {
            // The disk is full, or the store is away.
            return MediaErrors.StoreAway;
        }
    }

    private async Task<Result<MadePicture>> MakeAsync(
        Viewer? viewer,
        string path,
        bool wasKept,
        CancellationToken ct
    )
    {
        var isRecording = recordings.IsRecording(path);
        if (isRecording && !TakesRecordings)
        {
            return MediaErrors.NoRecordingsTaken;
        }
        var most = isRecording ? options.MaxRecordingBytes : options.MaxBytes;
        if (!wasKept && new FileInfo(path).Length > most)
        {
            return MediaErrors.TooLarge(most);
        }
        return isRecording
            ? await queue.EncodeAsync(viewer?.Id, path, x => AdmitAsync(viewer, x), ct)
            : await queue.DrawAsync(path, ct);
    }

    /// <summary>
    /// Counts a recording before minutes of a processor are spent on it, whatever comes of it; refused is who is yet to confirm their
    /// address, too. What nobody sends is not counted.
    /// </summary>
    private async Task<Error?> AdmitAsync(Viewer? viewer, CancellationToken ct)
    {
        if (viewer is null)
        {
            return null;
        }
        var admitted = await writer.RunAsync<Done>(
            viewer,
            Deed.Upload,
            key: null,
            async write =>
            {
                if (confirmed.IsAsked && await IsUnconfirmedAsync(write))
                {
                    return ConfirmedEmail.NotConfirmed;
                }
                write.CountAnyway();
                return new Done();
            },
            ct
        );
        return admitted.IsRefused(out var error) ? error : null;
    }

    private static Task<bool> IsUnconfirmedAsync(Write write) =>
        write.FirstAsync(
            new Statement($"SELECT 1 WHERE {ConfirmedEmail.IsMissing}", ("viewer", write.Viewer.Id)),
            _ => true
        );

    /// <summary>Keeps a picture that is drawn, of the account's room.</summary>
    /// <param name="viewer">Who sends it; null where nobody does.</param>
    /// <param name="ownerId">Whose it is.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="describe">Says of it what was sent with it.</param>
    /// <param name="also">
    /// What else becomes true with it, or refuses it, with its owner's row locked; null for nothing. It may be run again.
    /// </param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal Task<Result<MediaView>> KeepAsync(
        Viewer? viewer,
        long ownerId,
        MadePicture picture,
        Func<MediaView, MediaView> describe,
        Func<Write, MediaView, Task<Error?>>? also,
        CancellationToken ct
    )
    {
        var media = describe(
            new MediaView(
                Id: 0,
                picture.Kind,
                MediaFileName.Of(picture.Full),
                MediaFileName.Of(picture.Preview),
                picture.Width,
                picture.Height,
                picture.Blurhash,
                Description: null,
                FocusX: 0,
                FocusY: 0,
                picture.Duration is { } duration ? (int)duration.TotalMilliseconds : null
            )
        );
        return files.RunAsync(
            viewer,
            // Recordings were counted before they were encoded.
            picture.Duration
                is null
                ? quotas.Of(viewer, Deed.Upload)
                : null,
            [(media.File, picture.Full), (media.Preview, picture.Preview)],
            also is null ? null : ownerId,
            async write =>
            {
                var kept = await InsertAsync(write, ownerId, media, picture);
                return
                    !kept.IsRefused(out _) && also is not null && await also(write, kept.Value) is { } error
                    ? error
                    : kept;
            },
            ct
        );
    }

    private async Task<Result<MediaView>> InsertAsync(
        Write write,
        long ownerId,
        MediaView media,
        MadePicture picture
    )
    {
        var bytes = (long)picture.Full.Bytes.Length + picture.Preview.Bytes.Length;
        if (!await IsRoomAsync(write, ownerId, bytes))
        {
            return MediaErrors.QuotaFull;
        }
        var kept = media with { Id = write.NewId() };
        write.Then(
            new Statement(
                """
                INSERT INTO media (id, user_id, kind, file, preview, width, height, bytes, blurhash, description, focus_x, focus_y,
                    duration_ms)
                VALUES (@id, @user_id, @kind, @file, @preview, @width, @height, @bytes, @blurhash, @description, @x, @y,
                    @duration)
                """,
                ("id", kept.Id),
                ("user_id", ownerId),
                ("kind", (short)StoredKind.Of(kept.Kind)),
                ("file", kept.File),
                ("preview", kept.Preview),
                ("width", kept.Width),
                ("height", kept.Height),
                ("bytes", bytes),
                ("blurhash", kept.Blurhash),
                ("description", kept.Description),
                ("x", kept.FocusX),
                ("y", kept.FocusY),
                ("duration", kept.DurationMs)
            )
        );
        return kept;
    }

    /// <summary>Counts the bytes for the person; whether there is room for them.</summary>
    private async Task<bool> IsRoomAsync(Write write, long ownerId, long bytes) =>
        await write.ExecuteAsync(
            new Statement(
                "UPDATE account SET media_bytes = media_bytes + @bytes WHERE user_id = @owner AND media_bytes + @bytes <= @most",
                ("bytes", bytes),
                ("owner", ownerId),
                ("most", options.Quota)
            )
        ) > 0;

    /// <summary>The refusal that is certain before anything is read.</summary>
    private async Task<Error?> LookAsync(Viewer viewer, CancellationToken ct)
    {
        var allowance = quotas.Of(viewer, Deed.Upload);
        var now = time.Now();
        var (own, all, standing) = await sql.FirstAsync(
            $"""
            SELECT {allowance?.Columns
                ?? "NULL"}, a.media_bytes, (SELECT t.bytes FROM media_total t WHERE t.id = 1)
            FROM account a WHERE a.user_id = @viewer
            """,
            row =>
            {
                // Behind the allowance's columns, however many those are.
                var room = row.FieldCount - 2;
                return (
                    row.GetInt64(room),
                    row.GetInt64OrNull(room + 1) ?? 0,
                    allowance?.Read(row) ?? default
                );
            },
            ct,
            [("viewer", viewer.Id), .. allowance?.Parameters(now) ?? []]
        );
        return own >= options.Quota ? MediaErrors.QuotaFull
            : all >= options.SiteQuota ? MediaErrors.SiteFull
            : allowance?.Check(standing, now);
    }
}
