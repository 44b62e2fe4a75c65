using Pamps.Core.Media;

namespace Pamps.Operations.Media;

internal static class WholeFiles
{
    /// <summary>The file at its beginning; null when it is not there, or not what its name says.</summary>
    public static async Task<Stream?> OpenWholeAsync(
        this IMediaStore store,
        string name,
        CancellationToken ct
    )
    {
        // What stands in a row that somebody restored may be anything.
        var file = MediaFileName.Is(name) ? await store.OpenAsync(name, ct) : null;
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
