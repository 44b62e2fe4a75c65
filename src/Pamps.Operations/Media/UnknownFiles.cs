using System.Runtime.CompilerServices;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Reads;

namespace Pamps.Operations.Media;

/// <summary>
/// Finds files that no row knows, as a crash leaves one between a file and its row. Those of the last day are passed over: their rows
/// may be on their way.
/// </summary>
internal sealed class UnknownFiles(Sql sql, IMediaStore store, MediaMeasures measures, TimeProvider time)
{
    /// <summary>What was written after this may be on its way.</summary>
    public DateTime Before => time.Now() - measures.Unfinished;

    /// <summary>Those of a folder.</summary>
    public async IAsyncEnumerable<StoredFile> InAsync(
        string folder,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (before, old) = (Before, new List<StoredFile>());
        await foreach (var file in store.ListAsync(folder, ct))
        {
            if (file.WrittenAt < before)
            {
                old.Add(file);
            }
        }
        if (old.Count == 0)
        {
            yield break;
        }
        // After the files: whose row comes meanwhile is known.
        var rows = await sql.ListAsync(MediaNames.Known(folder), row => row.GetString(0), ct);
        var known = rows.ToHashSet(StringComparer.Ordinal);
        foreach (var file in old.Where(x => !known.Contains(x.Name)))
        {
            yield return file;
        }
    }
}
