using Pamps.Core.Limits;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>
/// Keeps files that were drawn together with the row that names them. They are written before it: what a crash leaves is a file too
/// many, never one too few.
/// </summary>
internal sealed class KeepFiles(
    Writer writer,
    FileRows rows,
    IMediaStore store,
    DropFiles drop,
    PampsOptions options
)
{
    /// <summary>How often the files are written, should others remove the same ones each time.</summary>
    private const int Tries = 8;

    /// <summary>How long is waited for others before the second try; before each further one twice as long.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);

    /// <summary>Keeps them; refused when the row is, and when the site has no room left.</summary>
    /// <param name="viewer">Who uploads them; null where nobody does.</param>
    /// <param name="allowance">What it is counted as; null when it is not, or was before.</param>
    /// <param name="files">
    /// The files with their names: first what is shown whole, and then the preview, as who takes pictures away does, so that two never
    /// wait for each other.
    /// </param>
    /// <param name="lockedUser">The user whose row is locked before anything else is; null for none.</param>
    /// <param name="keep">Writes the row, when the files are there and held until the commit. It may be run again.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Allowance? allowance,
        IReadOnlyList<(string Name, MadeFile File)> files,
        long? lockedUser,
        Func<Write, Task<Result<T>>> keep,
        CancellationToken ct
    )
    {
        (string Name, ReadOnlyMemory<byte> Bytes)[] distinct =
        [
            .. files.DistinctBy(x => x.Name).Select(x => (x.Name, x.File.Bytes)),
        ];
        for (var (attempt, pause) = (1, FirstPause); ; attempt++, pause *= 2)
        {
            var kept = await TryAsync(viewer, allowance, distinct, lockedUser, keep, ct);
            if (kept.Error != MediaErrors.OnItsWayOut || attempt == Tries)
            {
                return kept;
            }
            await Task.Delay(pause, ct);
        }
    }

    private async Task<Result<T>> TryAsync<T>(
        Viewer? viewer,
        Allowance? allowance,
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> files,
        long? lockedUser,
        Func<Write, Task<Result<T>>> keep,
        CancellationToken ct
    )
    {
        var reserved = await writer.RunAsync<ReservedFile[]>(
            viewer: null,
            write =>
                rows.ReserveAsync(
                    write,
                    files.Select(x => (x.Name, (long)x.Bytes.Length)),
                    options.Media.SiteQuota
                ),
            ct
        );
        if (reserved.IsRefused(out var error))
        {
            return error;
        }
        var (isKept, isStoreThere) = (false, false);
        try
        {
            foreach (var (name, bytes) in files)
            {
                await store.PutAsync(name, bytes, ct);
            }
            isStoreThere = true;
            var kept = await writer.RunAsync<T>(
                viewer,
                allowance,
                key: null,
                async write =>
                {
                    if (lockedUser is { } user)
                    {
                        write.LockUser(user);
                    }
                    foreach (var file in reserved.Value)
                    {
                        if (!await FileRows.KeepAsync(write, file))
                        {
                            return MediaErrors.OnItsWayOut;
                        }
                    }
                    return await keep(write);
                },
                ct
            );
            isKept = !kept.IsRefused(out _);
            return kept;
        }
        finally
        {
            if (!isKept)
            {
                await drop.GiveUpAsync(reserved.Value, isStoreThere, CancellationToken.None);
            }
        }
    }
}
