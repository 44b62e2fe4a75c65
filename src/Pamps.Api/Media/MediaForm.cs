using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Api.Media;

/// <summary>
/// The form of an upload, read part by part: the file goes to the disk as it comes and never into memory, and no more of it than may
/// be. The file is gone when the form is disposed.
/// </summary>
internal sealed class MediaForm : IAsyncDisposable
{
    /// <summary>What the form may have besides its file.</summary>
    public const int Wrapping = 65_536;

    private const int MostParts = 8;
    private const int MostFieldBytes = 16_384;

    private static readonly Error NotAForm = Error.Invalid(
        "body",
        "not_a_form",
        "The body is a form of the type multipart/form-data with a file called file."
    );

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
        if (BoundaryOf(request) is not { } boundary)
        {
            return new Error(ErrorKind.Unsupported, "not_a_form", NotAForm.Message);
        }
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8 };
        var form = new MediaForm();
        Error? error;
        try
        {
            error = await form.ReadAsync(reader, upload, ct);
        }
        // It ends in the middle, or has no such parts.
        catch (Exception exception)
            when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            error = NotAForm;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
        if (error is null)
        {
            return form;
        }
        await form.DisposeAsync();
        return error;
    }

    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary
            ? boundary.ToString()
            : null;

    private async Task<Error?> ReadAsync(MultipartReader reader, UploadMedia upload, CancellationToken ct)
    {
        for (var parts = 0; await reader.ReadNextSectionAsync(ct) is { } part; parts++)
        {
            if (
                parts == MostParts
                || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            )
            {
                return NotAForm;
            }
            switch (HeaderUtilities.RemoveQuotes(disposition.Name).ToString())
            {
                case "file" when file is null:
                    file = upload.NewFile();
                    if (!await CopyAsync(part.Body, file, upload.MostBytes, ct))
                    {
                        return MediaErrors.TooLarge(upload.MostBytes);
                    }
                    break;
                case "description":
                    if (await TextAsync(part.Body, ct) is not { } description)
                    {
                        return NotAForm;
                    }
                    Description = description;
                    break;
                case "focus":
                    if (await TextAsync(part.Body, ct) is not { } focus)
                    {
                        return NotAForm;
                    }
                    Focus = focus;
                    break;
                default:
                    // What is not known counts for nothing, as in a body of JSON; so it is read past, and no further than may be.
                    if (!await CopyAsync(part.Body, Stream.Null, MostFieldBytes, ct))
                    {
                        return NotAForm;
                    }
                    break;
            }
        }
        return null;
    }

    /// <summary>The text of a part; null when it is too long, or no UTF-8.</summary>
    private static async Task<string?> TextAsync(Stream part, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        if (!await CopyAsync(part, bytes, MostFieldBytes, ct))
        {
            return null;
        }
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Copies all there is; false when that is more than may be.</summary>
    private static async Task<bool> CopyAsync(Stream from, Stream to, long most, CancellationToken ct)
    {
        var buffer = new byte[32_768];
        for (var total = 0L; ; )
        {
            var read = await from.ReadAsync(buffer, ct);
            if (read == 0)
            {
                await to.FlushAsync(ct);
                return true;
            }
            total += read;
            if (total > most)
            {
                return false;
            }
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
