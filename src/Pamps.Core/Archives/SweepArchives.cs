using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Archives;

/// <summary>
/// Takes away archives that have been kept long enough, and private files that no row
/// names, as a crash may leave them.
/// </summary>
public sealed class SweepArchives : IRecurringJob
{
    private const int Batch = 100;

    /// <summary>How long a file may be without a row: it is written before.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromDays(1);

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly IPrivateFiles files;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    internal SweepArchives(
        Writer writer,
        Sql sql,
        IPrivateFiles files,
        PampsOptions options,
        TimeProvider time
    ) => (this.writer, this.sql, this.files, this.options, this.time) = (writer, sql, files, options, time);

    /// <inheritdoc/>
    public string Kind => "sweep-archives";

    /// <inheritdoc/>
    public TimeSpan Delay => TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        await EndArchivesAsync(ct);
        await EndImportsAsync(ct);
        // What is that old is in a row by now, or will be in none.
        var known = await KnownAsync(ct);
        await foreach (var file in files.ListPrivateAsync(ct))
        {
            if (file.WrittenAt < time.Now() - Unknown && !known.Contains(file.Name))
            {
                await files.RemovePrivateAsync(file.Name, ct);
            }
        }
    }

    private async Task EndArchivesAsync(CancellationToken ct)
    {
        int count;
        do
        {
            var ended = await writer.RunAsync<int>(
                viewer: null,
                async write =>
                {
                    var old = await write.ListAsync(
                        new Statement(
                            """
                            SELECT a.user_id, a.file FROM archive a
                            WHERE a.file IS NOT NULL AND a.ended_at <= @before ORDER BY a.ended_at LIMIT @take
                            """,
                            ("before", write.Now.AddDays(-options.Archives.Days)),
                            ("take", Batch)
                        ),
                        row => (UserId: row.GetInt64(0), File: row.GetString(1))
                    );
                    foreach (var (userId, file) in old)
                    {
                        DropPrivateFile.Ask(write, file);
                        write.Then(
                            new Statement(
                                "UPDATE archive SET file = NULL, bytes = 0 WHERE user_id = @user_id AND file = @file",
                                ("user_id", userId),
                                ("file", file)
                            )
                        );
                    }
                    return old.Count;
                },
                ct
            );
            count = ended.Value;
        } while (count == Batch);
    }

    /// <summary>Has the job look after what is open: it ends imports of those who are suspended, and such as wait for days.</summary>
    private Task<Result<Done>> EndImportsAsync(CancellationToken ct) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                if (
                    await write.FirstAsync(
                        new Statement("SELECT 1 FROM import i WHERE i.ended_at IS NULL LIMIT 1"),
                        _ => true
                    )
                )
                {
                    write.Enqueue(new Job(OrderImport.JobKind, Key: ""));
                }
                return new Done();
            },
            ct
        );

    private async Task<HashSet<string>> KnownAsync(CancellationToken ct) =>
        [
            .. await sql.ListAsync(
                "SELECT a.file FROM archive a WHERE a.file IS NOT NULL UNION ALL SELECT i.file FROM import i WHERE i.ended_at IS NULL",
                row => row.GetString(0),
                ct
            ),
        ];
}
