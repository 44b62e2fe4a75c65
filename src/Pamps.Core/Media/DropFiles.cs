using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>
/// Removes the files that no picture has any more. Who writes a file and who removes one hold its row until their commit, so of two
/// the later sees what the earlier did: no picture is ever without its file.
/// </summary>
public sealed class DropFiles : IJobHandler
{
    private const string Name = "drop-media";
    private const int Batch = 100;

    /// <summary>A statement that locks the row before what is asked of it is looked at, or else that is from before the lock.</summary>
    private const string Locked = "SELECT 1 FROM media_file f WHERE f.name = @name";

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly IMediaStore store;

    internal DropFiles(Writer writer, Sql sql, IMediaStore store) =>
        (this.writer, this.sql, this.store) = (writer, sql, store);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>Has it done after the commit.</summary>
    internal static void Ask(Write write) => write.Enqueue(new Job(Name, Key: "files"));

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken ct) => await RunAsync(ct);

    /// <summary>Looks at all files of which some picture is gone; answers how many were removed.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var removed = 0;
        while (true)
        {
            var names = await sql.ListAsync(
                "SELECT f.name FROM media_file f WHERE f.unused_since IS NOT NULL ORDER BY f.unused_since LIMIT @take",
                row => row.GetString(0),
                ct,
                ("take", Batch)
            );
            if (names.Count == 0)
            {
                return removed;
            }
            foreach (var name in names)
            {
                var one = await writer.RunAsync<bool>(viewer: null, write => DropAsync(write, name, ct), ct);
                removed += one.Value ? 1 : 0;
            }
        }
    }

    /// <summary>Removes a file that was written for a picture which then was not kept, unless somebody else has it by now.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> DropUnknownAsync(string name, CancellationToken ct)
    {
        var dropped = await writer.RunAsync<bool>(
            viewer: null,
            async write =>
            {
                // A row for as long as the transaction lasts: who stores the same bytes just now waits for it.
                var isUnknown =
                    await write.ExecuteAsync(
                        new Statement(
                            "INSERT INTO media_file (name, bytes) VALUES (@name, 0) ON CONFLICT (name) DO NOTHING",
                            ("name", name)
                        )
                    ) > 0;
                if (isUnknown)
                {
                    await store.RemoveAsync(name, ct);
                    write.Then(new Statement("DELETE FROM media_file WHERE name = @name", ("name", name)));
                }
                return isUnknown;
            },
            ct
        );
        return dropped.Value;
    }

    private async Task<Result<bool>> DropAsync(Write write, string name, CancellationToken ct)
    {
        write.Before(write.Dialect.Lock(Locked + write.Dialect.ForUpdate("f"), ("name", name)));
        var found = await write.FirstAsync(
            new Statement(
                """
                SELECT f.bytes,
                    EXISTS (SELECT 1 FROM media m WHERE m.file = f.name) OR EXISTS (SELECT 1 FROM media m WHERE m.preview = f.name)
                FROM media_file f WHERE f.name = @name AND f.unused_since IS NOT NULL
                """,
                ("name", name)
            ),
            row => ((long Bytes, bool IsUsed)?)(row.GetInt64(0), row.GetBoolean(1))
        );
        if (found is not (var bytes, var isUsed))
        {
            return false;
        }
        if (isUsed)
        {
            write.Then(
                new Statement("UPDATE media_file SET unused_since = NULL WHERE name = @name", ("name", name))
            );
            return false;
        }
        // Should the commit fail, the row stays without its file, and whoever stores the bytes again writes it anew.
        await store.RemoveAsync(name, ct);
        write.Then(
            new Statement("DELETE FROM media_file WHERE name = @name", ("name", name)),
            new Statement("UPDATE media_total SET bytes = bytes - @bytes WHERE id = 1", ("bytes", bytes))
        );
        return true;
    }
}
