using Pamps.Api.Forms;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Api.Media;

/// <summary>The form of an upload: the file goes to the disk as it comes, and is gone when the form is disposed.</summary>
internal sealed class MediaForm : IAsyncDisposable
{
    private const int MostFieldBytes = 16_384;

    private FileStream? file;

    private MediaForm() { }

    /// <summary>Where the file is; null when there was none.</summary>
    public string? Path => file?.Name;

    public string? Description { get; private set; }

    public string? Focus { get; private set; }

    /// <summary>Reads the form; refused when it is none, or its file has too many bytes.</summary>
    public static async Task<Result<MediaForm>> ReadAsync(
        HttpRequest request,
        UploadMedia upload,
        CancellationToken ct
    )
    {
        var form = new MediaForm();
        var isRead = false;
        try
        {
            var read = await FileForm.ReadAsync(
                request,
                ["description", "focus"],
                MostFieldBytes,
                async (part, stop) =>
                {
                    form.file = upload.NewFile();
                    return await FileForm.CopyAsync(part, form.file, upload.MostBytes, stop)
                        ? null
                        : MediaErrors.TooLarge(upload.MostBytes);
                },
                ct
            );
            if (read.IsRefused(out var error))
            {
                return error;
            }
            form.Description = read.Value.GetValueOrDefault("description");
            form.Focus = read.Value.GetValueOrDefault("focus");
            isRead = true;
            return form;
        }
        finally
        {
            if (!isRead)
            {
                await form.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
