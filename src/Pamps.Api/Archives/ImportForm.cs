using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pamps.Core.Archives;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Api.Archives;

/// <summary>
/// The form with a file that somebody brings, read part by part: the file goes to where private files are as it comes and never into
/// memory, and no more of it than may be.
/// </summary>
internal sealed class ImportForm
{
    private const int MostParts = 8;
    private const int MostFieldBytes = 1024;

    private static readonly Error NotAForm = Error.Invalid(
        "body",
        "not_a_form",
        "The body is a form of the type multipart/form-data with a file called file."
    );

    private ImportForm() { }

    /// <summary>The file that was kept, and how many bytes it has; null when there was none.</summary>
    public (string Name, long Bytes)? File { get; private set; }

    public string? Kind { get; private set; }

    public string? Visibility { get; private set; }

    /// <summary>Reads the form; refused when it is none, or its file has too many bytes. Then no file is kept.</summary>
    public static async Task<Result<ImportForm>> ReadAsync(
        HttpRequest request,
        OrderImport import,
        CancellationToken ct
    )
    {
        if (BoundaryOf(request) is not { } boundary)
        {
            return new Error(ErrorKind.Unsupported, "not_a_form", NotAForm.Message);
        }
        var form = new ImportForm();
        Error? error;
        try
        {
            error = await form.ReadAsync(
                new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8 },
                import,
                ct
            );
        }
        catch (TooLargeException)
        {
            error = MediaErrors.TooLarge(import.MostBytes);
        }
        catch (NoRoomException)
        {
            error = OrderImport.NoRoom;
        }
        catch (StoreException)
        {
            error = MediaErrors.StoreAway;
        }
        // It ends in the middle, or has no such parts.
        catch (Exception exception)
            when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            error = NotAForm;
        }
        catch
        {
            await form.DropAsync(import);
            throw;
        }
        if (error is null)
        {
            return form;
        }
        await form.DropAsync(import);
        return error;
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

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary
            ? boundary.ToString()
            : null;

    private async Task<Error?> ReadAsync(MultipartReader reader, OrderImport import, CancellationToken ct)
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
                case "file" when File is null:
                    File = await KeepAsync(part.Body, import, ct);
                    break;
                case "kind":
                    Kind = await TextAsync(part.Body, ct);
                    break;
                case "visibility":
                    Visibility = await TextAsync(part.Body, ct);
                    break;
                default:
                    // What is not known counts for nothing, and is read past no further than may be.
                    await TextAsync(part.Body, ct);
                    break;
            }
        }
        return null;
    }

    private static async Task<(string, long)> KeepAsync(Stream part, OrderImport import, CancellationToken ct)
    {
        var room = await import.RoomAsync(ct);
        // What goes wrong with the one is no fault of the other's.
        Exception? ofSender = null;
        try
        {
            return await import.KeepAsync(
                async (file, stop) =>
                {
                    try
                    {
                        await CopyAsync(part, file, import.MostBytes, room, stop);
                    }
                    catch (Exception exception)
                        when (exception is SenderException or TooLargeException or NoRoomException)
                    {
                        ofSender = exception.InnerException ?? exception;
                        throw;
                    }
                },
                ct
            );
        }
        catch (Exception) when (ofSender is not null)
        {
            throw ofSender;
        }
        catch (IOException exception)
        {
            throw new StoreException(exception);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, long most, long room, CancellationToken ct)
    {
        var buffer = new byte[81_920];
        for (var total = 0L; ; )
        {
            int read;
            try
            {
                read = await from.ReadAsync(buffer, ct);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                throw new SenderException(exception);
            }
            if (read == 0)
            {
                return;
            }
            if ((total += read) > most)
            {
                throw new TooLargeException();
            }
            if (total > room)
            {
                throw new NoRoomException();
            }
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    /// <summary>The text of a part.</summary>
    private static async Task<string> TextAsync(Stream part, CancellationToken ct)
    {
        var bytes = new byte[MostFieldBytes + 1];
        var read = await part.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return read <= MostFieldBytes
            ? Encoding.UTF8.GetString(bytes, 0, read)
            : throw new InvalidDataException("A field is too long.");
    }

    private sealed class TooLargeException() : Exception("It is too large.");

    private sealed class NoRoomException() : Exception("There is no room for it.");

    private sealed class SenderException(Exception inner) : Exception("It does not come whole.", inner);

    private sealed class StoreException(Exception inner) : Exception("It cannot be kept.", inner);
}
