using Pamps.Api.Forms;
using Pamps.Core.Archives;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Api.Archives;

/// <summary>The form with a file that somebody brings: the file goes to where private files are as it comes, and stays there until it is dropped.</summary>
internal sealed class ImportForm
{
    private const int MostFieldBytes = 1024;

    private ImportForm() { }

    /// <summary>The file that was kept, and how many bytes it has; null when there was none.</summary>
    public (string Name, long Bytes)? File { get; private set; }

    public string? Kind { get; private set; }

    public string? Visibility { get; private set; }

    /// <summary>Reads the form; refused when it is none, or its file has too many bytes. Then no file is kept.</summary>
    public static async Task<Result<ImportForm>> ReadAsync(
        HttpRequest request,
        OrderImport import,
        ImportUpload upload,
        CancellationToken ct
    )
    {
        var form = new ImportForm();
        var isRead = false;
        try
        {
            var read = await FileForm.ReadAsync(
                request,
                ["kind", "visibility"],
                MostFieldBytes,
                async (part, stop) =>
                {
                    var kept = await KeepAsync(part, import, upload, stop);
                    if (kept.IsRefused(out var error))
                    {
                        return error;
                    }
                    form.File = kept.Value;
                    return null;
                },
                ct
            );
            if (read.IsRefused(out var refusal))
            {
                return refusal;
            }
            form.Kind = read.Value.GetValueOrDefault("kind");
            form.Visibility = read.Value.GetValueOrDefault("visibility");
            isRead = true;
            return form;
        }
        finally
        {
            if (!isRead)
            {
                await form.DropAsync(import);
            }
        }
    }

    /// <summary>Drops the file.</summary>
    public async Task DropAsync(OrderImport import)
    {
        if (File is { } file)
        {
            File = null;
            await import.DropAsync(file.Name, CancellationToken.None);
        }
    }

    private static async Task<Result<(string, long)>> KeepAsync(
        Stream part,
        OrderImport import,
        ImportUpload upload,
        CancellationToken ct
    )
    {
        // What goes wrong with the one who sends is no fault of where it is kept.
        var (refusal, ofSender) = ((Error?)null, (Exception?)null);
        try
        {
            return await import.KeepAsync(CopyAsync, ct);
        }
        catch (Exception) when (refusal is not null)
        {
            return refusal;
        }
        catch (Exception) when (ofSender is not null)
        {
            throw ofSender;
        }
        catch (IOException)
        {
            return MediaErrors.StoreAway;
        }

        async Task CopyAsync(Stream file, CancellationToken stop)
        {
            var buffer = new byte[81_920];
            for (var total = 0L; ; )
            {
                int read;
                try
                {
                    read = await part.ReadAsync(buffer, stop);
                }
                catch (Exception exception) when (exception is IOException or InvalidDataException)
                {
                    ofSender = exception;
                    throw;
                }
                if (read == 0)
                {
                    return;
                }
                total += read;
                refusal =
                    total > import.MostBytes ? MediaErrors.TooLarge(import.MostBytes)
                    : !upload.TryTake(read) ? OrderImport.NoRoom
                    : null;
                if (refusal is not null)
                {
                    // So that what there is of it is not kept.
                    throw new RefusedException();
                }
                await file.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }
    }

    private sealed class RefusedException() : Exception("No more of it is taken.");
}
