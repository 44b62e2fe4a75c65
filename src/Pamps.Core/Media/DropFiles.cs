using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>
/// Removes the files that no picture and no card has any more. Who writes a file and who removes one say so in its row
/// (<see cref="FileRows"/>): no picture is ever without its file.
/// </summary>
public sealed class DropFiles : IJobHandler
{
    private const string Name = "drop-media";
    private const int Batch = 100;

    /// <summary>How many are removed at once: the store may be far.</summary>
    private const int AtOnce = 4;

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly FileRows rows;
    private readonly IMediaStore store;
    private readonly TimeProvider time;

    internal DropFiles(Writer writer, Sql sql, FileRows rows, IMediaStore store, TimeProvider time) =>
        (this.writer, this.sql, this.rows, this.store, this.time) = (writer, sql, rows, store, time);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>Has it done after the commit.</summary>
    internal static void Ask(Write write) => write.Enqueue(new Job(Name, Key: "files"));

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken ct) => await RunAsync(ct);

    /// <summary>Looks at all files of which some picture is gone; answers how many were removed.</summary>
    /// <exception cref="IOException">The store cannot be reached; the others are removed by the next run.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var removed = 0;
        while (true)
        {
            var names = await sql.ListAsync(rows.Unused(time.Now(), Batch), row => row.GetString(0), ct);
            if (names.Count == 0)
            {
                return removed;
            }
            await Parallel.ForEachAsync(
                names,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (name, ct) =>
                {
                    if (await DropAsync(name, write => rows.TakeAsync(write, name), ct))
                    {
                        Interlocked.Increment(ref removed);
                    }
                }
            );
        }
    }

    /// <summary>Removes a file that no row knows, unless one does by now.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="IOException">The store cannot be reached; the file is removed by a later run.</exception>
    public Task<bool> DropUnknownAsync(string name, CancellationToken ct) =>
        DropAsync(name, write => FileRows.TakeUnknownAsync(write, name), ct);

    /// <summary>Removes files that were reserved, perhaps written, and are not kept, unless others have them.</summary>
    /// <param name="files">Which.</param>
    /// <param name="isStoreThere">Whether to try at once; else they are left to the job.</param>
    /// <param name="ct">Gives up.</param>
    internal async Task GiveUpAsync(
        IReadOnlyList<ReservedFile> files,
        bool isStoreThere,
        CancellationToken ct
    )
    {
        var mine = files.Where(x => x.Moment is not null).ToList();
        if (mine.Count == 0)
        {
            return;
        }
        await writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(mine.Select(x => FileRows.GiveUp(write.Now, x)));
                Ask(write);
                return Task.FromResult<Result<Done>>(new Done());
            },
            ct
        );
        foreach (var (name, _) in isStoreThere ? mine : [])
        {
            try
            {
                await DropAsync(name, write => rows.TakeAsync(write, name), ct);
            }
            catch (IOException)
            {
                // The job is asked.
                return;
            }
        }
    }

    private async Task<bool> DropAsync(string name, Func<Write, Task<bool>> takeAsync, CancellationToken ct)
    {
        var taken = await writer.RunAsync<DateTime?>(
            viewer: null,
            async write => (DateTime?)(await takeAsync(write) ? write.Now : null),
            ct
        );
        if (taken.Value is not { } moment)
        {
            return false;
        }
        await store.RemoveAsync(name, ct);
        await writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(FileRows.End(name, moment));
                return Task.FromResult<Result<Done>>(new Done());
            },
            ct
        );
        return true;
    }
}
