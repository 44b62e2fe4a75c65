using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>
/// The rows of stored files, by which whoever writes a file and whoever removes one keep out of each other's way. Nothing of the
/// database is held while a file is on its way: it may be far.
/// </summary>
/// <remarks>
/// <para>
/// Who writes a file has its row first (<see cref="ReserveAsync"/>), with a moment until which nobody removes it. Then the file is
/// written, and then <see cref="KeepAsync"/> takes the moment away together with the picture's row, if it is still the same: nobody
/// has removed the file since. Whoever is stopped in between leaves a row whose moment passes.
/// </para>
/// <para>
/// Who removes one says so in its row (<see cref="TakeAsync"/>), which then has no bytes: nobody counts on the file from then on. Then
/// it is removed, and then the row (<see cref="End"/>). Whoever is stopped in between leaves a row that is taken again later.
/// </para>
/// <para>So a row that has bytes and no moment has its file.</para>
/// </remarks>
internal sealed class FileRows(MediaMeasures measures)
{
    /// <summary>A statement that locks the row before what is asked of it is looked at, or else that is from before the lock.</summary>
    private const string Locked = "SELECT 1 FROM media_file f WHERE f.name = @name";

    /// <summary>A query for the names of files that may have to go, those first that have waited longest.</summary>
    public Statement Unused(DateTime now, int take) =>
        new(
            """
            SELECT f.name FROM media_file f
            WHERE f.unused_since IS NOT NULL AND f.unused_since <= @now AND (f.bytes > 0 OR f.unused_since <= @abandoned)
            ORDER BY f.unused_since LIMIT @take
            """,
            ("now", now),
            ("abandoned", now - measures.LongestOnItsWay),
            ("take", take)
        );

    /// <summary>
    /// Has the rows of files be there, before the files are written; their bytes count from now on. Refused while somebody removes
    /// one, which takes a moment, and when all files together would have too many bytes.
    /// </summary>
    /// <param name="write">The operation's.</param>
    /// <param name="files">Their names and bytes; whoever has several of them names them in the same order.</param>
    /// <param name="siteQuota">How many bytes all may have.</param>
    public async Task<Result<ReservedFile[]>> ReserveAsync(
        Write write,
        IEnumerable<(string Name, long Bytes)> files,
        long siteQuota
    )
    {
        var (reserved, added) = (new List<ReservedFile>(), 0L);
        foreach (var (name, bytes) in files)
        {
            var one = await ReserveOneAsync(write, name, bytes);
            if (one.IsRefused(out var error))
            {
                return error;
            }
            reserved.Add(new ReservedFile(name, one.Value.Moment));
            added += one.Value.IsNew ? bytes : 0;
        }
        // Last: who removes files holds theirs when it comes to the sum.
        if (added > 0 && await CountAsync(write, added, siteQuota) is { } full)
        {
            return full;
        }
        return reserved.ToArray();
    }

    private async Task<Result<(DateTime? Moment, bool IsNew)>> ReserveOneAsync(
        Write write,
        string name,
        long bytes
    )
    {
        DateTime? until = write.Now + measures.LongestOnItsWay;
        var isNew =
            await write.ExecuteAsync(
                new Statement(
                    "INSERT INTO media_file (name, bytes, unused_since) VALUES (@name, @bytes, @until) ON CONFLICT (name) DO NOTHING",
                    ("name", name),
                    ("bytes", bytes),
                    ("until", until)
                )
            ) > 0;
        if (isNew)
        {
            return (until, true);
        }
        write.Before(write.Dialect.Lock(Locked + write.Dialect.ForUpdate("f"), ("name", name)));
        var found = await write.FirstAsync(
            new Statement(
                "SELECT f.bytes, f.unused_since FROM media_file f WHERE f.name = @name",
                ("name", name)
            ),
            row => ((long Bytes, DateTime? UnusedSince)?)(row.GetInt64(0), row.GetUtcOrNull(1))
        );
        if (
            found is not (var there, var since)
            || (there == 0 && since > write.Now - measures.LongestOnItsWay)
        )
        {
            return MediaErrors.OnItsWayOut;
        }
        if (there > 0 && (since is null || since > write.Now))
        {
            return (since, false);
        }
        await write.ExecuteAsync(
            new Statement(
                "UPDATE media_file SET bytes = @bytes, unused_since = @until WHERE name = @name",
                ("name", name),
                ("bytes", bytes),
                ("until", until)
            )
        );
        return (until, there == 0);
    }

    /// <summary>Keeps a file that was written since it was reserved; whether nobody has removed it.</summary>
    public static async Task<bool> KeepAsync(Write write, ReservedFile file) =>
        await write.ExecuteAsync(
            new Statement(
                """
                UPDATE media_file SET unused_since = NULL
                WHERE name = @name AND bytes > 0 AND (unused_since IS NULL OR unused_since = @moment)
                """,
                ("name", file.Name),
                ("moment", file.Moment)
            )
        ) > 0;

    /// <summary>The statement after which a file that was reserved, and then not kept, may go, unless others have it.</summary>
    public static Statement GiveUp(DateTime now, ReservedFile file) =>
        new(
            "UPDATE media_file SET unused_since = @now WHERE name = @name AND bytes > 0 AND unused_since = @moment",
            ("now", now),
            ("name", file.Name),
            ("moment", file.Moment)
        );

    /// <summary>Takes the row of a file that no picture and no card has any more, so that the file can be removed.</summary>
    /// <returns>Whether it is to be.</returns>
    public async Task<bool> TakeAsync(Write write, string name)
    {
        write.Before(write.Dialect.Lock(Locked + write.Dialect.ForUpdate("f"), ("name", name)));
        var found = await write.FirstAsync(
            new Statement(
                """
                SELECT f.bytes,
                    EXISTS (SELECT 1 FROM media m WHERE m.file = f.name) OR EXISTS (SELECT 1 FROM media m WHERE m.preview = f.name)
                        OR EXISTS (SELECT 1 FROM card ca WHERE ca.picture = f.name)
                FROM media_file f
                WHERE f.name = @name AND f.unused_since <= @now AND (f.bytes > 0 OR f.unused_since <= @abandoned)
                """,
                ("name", name),
                ("now", write.Now),
                ("abandoned", write.Now - measures.LongestOnItsWay)
            ),
            row => ((long Bytes, bool IsUsed)?)(row.GetInt64(0), row.GetBoolean(1))
        );
        if (found is not (var bytes, var isUsed))
        {
            return false;
        }
        write.Then(
            isUsed
                ?
                [
                    new Statement(
                        "UPDATE media_file SET unused_since = NULL WHERE name = @name",
                        ("name", name)
                    ),
                ]
                :
                [
                    new Statement(
                        "UPDATE media_file SET bytes = 0, unused_since = @now WHERE name = @name",
                        ("name", name),
                        ("now", write.Now)
                    ),
                    new Statement(
                        "UPDATE media_total SET bytes = bytes - @bytes WHERE id = 1",
                        ("bytes", bytes)
                    ),
                ]
        );
        return !isUsed;
    }

    /// <summary>The same for a file that has no row; whether it had none.</summary>
    public static async Task<bool> TakeUnknownAsync(Write write, string name) =>
        await write.ExecuteAsync(
            new Statement(
                "INSERT INTO media_file (name, bytes, unused_since) VALUES (@name, 0, @now) ON CONFLICT (name) DO NOTHING",
                ("name", name),
                ("now", write.Now)
            )
        ) > 0;

    /// <summary>The statement that ends the removal of a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="taken">When its row was taken.</param>
    public static Statement End(string name, DateTime taken) =>
        new(
            "DELETE FROM media_file WHERE name = @name AND bytes = 0 AND unused_since = @taken",
            ("name", name),
            ("taken", taken)
        );

    /// <summary>Counts the bytes for all; the refusal when there are too many.</summary>
    private static async Task<Error?> CountAsync(Write write, long bytes, long siteQuota) =>
        await write.ExecuteAsync(
            new Statement(
                """
                INSERT INTO media_total AS t (id, bytes) VALUES (1, @bytes)
                ON CONFLICT (id) DO UPDATE SET bytes = t.bytes + excluded.bytes WHERE t.bytes + excluded.bytes <= @most
                """,
                ("bytes", bytes),
                ("most", siteQuota)
            )
        ) > 0
            ? null
            : MediaErrors.SiteFull;
}

/// <summary>A file that may be written, and be there until then.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Moment">Until when nobody removes it; null where some picture has it.</param>
internal readonly record struct ReservedFile(string Name, DateTime? Moment);
