using Pamps.Core.Media;

namespace Pamps.Operations.Media;

internal static class WholeFiles
{
    /// <summary>The file that a row names; null when it is not there. What stands in a row that somebody restored may be anything.</summary>
    public static async Task<Stream?> OpenNamedAsync(
        this IMediaStore store,
        string name,
        CancellationToken ct
    ) => MediaFileName.Is(name) ? await store.OpenAsync(name, ct) : null;

    /// <summary>The file at its beginning; null when it is not there, or not what its name says.</summary>
    public static async Task<Stream?> OpenWholeAsync(
        this IMediaStore store,
        string name,
        CancellationToken ct
    )
    {
        var file = await store.OpenNamedAsync(name, ct);
        if (file is null)
        {
            return null;
        }
        var isWhole = false;
        try
        {
            isWhole = await MediaFileName.IsOfAsync(name, file, ct);
            file.Position = 0;
            return isWhole ? file : null;
        }
        finally
        {
            if (!isWhole)
            {
                await file.DisposeAsync();
            }
        }
    }
}
