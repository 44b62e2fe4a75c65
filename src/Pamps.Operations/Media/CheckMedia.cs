using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;

namespace Pamps.Operations.Media;

/// <summary>What the files of pictures are like.</summary>
/// <param name="Needed">How many files pictures need.</param>
/// <param name="Missing">Those of them that are not there.</param>
/// <param name="Damaged">Those of them that are not what their names say.</param>
/// <param name="Unknown">Files of more than a day that no row knows.</param>
public sealed record MediaFindings(long Needed, FoundFiles Missing, FoundFiles Damaged, FoundFiles Unknown)
{
    /// <summary>Whether some picture cannot be shown as it was.</summary>
    public bool IsBroken => Missing.Count + Damaged.Count > 0;
}

/// <summary>Compares the files of pictures with the rows that name them, while servers run.</summary>
public sealed class CheckMedia
{
    /// <summary>What the work is called.</summary>
    private const string Step = "pictures";

    private readonly Sql sql;
    private readonly IMediaStore store;
    private readonly UnknownFiles unknown;

    internal CheckMedia(Sql sql, IMediaStore store, UnknownFiles unknown) =>
        (this.sql, this.store, this.unknown) = (sql, store, unknown);

    /// <summary>Reads every file that a picture needs, and looks for those that none does.</summary>
    /// <param name="progress">Told of every folder of files.</param>
    /// <param name="ct">Stops.</param>
    public async Task<MediaFindings> RunAsync(IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var (needed, total) = (0L, await CountAsync(ct));
        var (missing, damaged, strange) = (FoundFiles.None, FoundFiles.None, FoundFiles.None);
        progress?.Report(new WorkProgress(Step, 0, total));
        foreach (var folder in MediaFileName.Folders)
        {
            foreach (var name in await NeededAsync(folder, ct))
            {
                ct.ThrowIfCancellationRequested();
                needed++;
                await using var file = await store.OpenNamedAsync(name, ct);
                if (file is null)
                {
                    missing = await IsNeededAsync(name, ct) ? missing.With(name, 0) : missing;
                }
                else if (!await MediaFileName.IsOfAsync(name, file, ct))
                {
                    damaged = damaged.With(name, file.Length);
                }
            }
            await foreach (var file in unknown.InAsync(folder, ct))
            {
                strange = strange.With(file.Name, file.Bytes);
            }
            progress?.Report(new WorkProgress(Step, needed, Math.Max(needed, total)));
        }
        progress?.Report(new WorkProgress(Step, needed, needed));
        return new MediaFindings(needed, missing, damaged, strange);
    }

    /// <summary>How many files that pictures need are not there. None is read.</summary>
    public Task<long> CountMissingAsync(CancellationToken ct) => CountMissingAsync(store, ct);

    /// <summary>The same of another place.</summary>
    internal async Task<long> CountMissingAsync(IMediaStore store, CancellationToken ct)
    {
        var missing = 0L;
        foreach (var folder in MediaFileName.Folders)
        {
            var names = await NeededAsync(folder, ct);
            if (names.Count == 0)
            {
                continue;
            }
            var here = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var file in store.ListAsync(folder, ct))
            {
                here.Add(file.Name);
            }
            foreach (var name in names.Where(x => !here.Contains(x)))
            {
                // It may have come since, or gone.
                var isHere = MediaFileName.Is(name) && await store.HasAsync(name, ct);
                missing += !isHere && await IsNeededAsync(name, ct) ? 1 : 0;
            }
        }
        return missing;
    }

    /// <summary>How many files pictures have, or had until just now.</summary>
    internal async Task<long> CountAsync(CancellationToken ct) =>
        await sql.FirstAsync("SELECT count(*) FROM media_file f", row => row.GetInt64(0), ct);

    private Task<List<string>> NeededAsync(string folder, CancellationToken ct) =>
        sql.ListAsync(MediaNames.Needed(folder), row => row.GetString(0), ct);

    /// <summary>Whether a picture still needs a file that was not found: it may have been deleted with it.</summary>
    private Task<bool> IsNeededAsync(string name, CancellationToken ct) =>
        sql.FirstAsync(
            """
            SELECT 1 FROM media m WHERE m.file = @name UNION ALL SELECT 1 FROM media m WHERE m.preview = @name
            UNION ALL SELECT 1 FROM card ca WHERE ca.picture = @name
            """,
            _ => true,
            ct,
            ("name", name)
        );
}
