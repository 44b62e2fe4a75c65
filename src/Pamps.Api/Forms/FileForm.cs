using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pamps.Core.Results;

namespace Pamps.Api.Forms;

/// <summary>Reads a form with one file part by part: the file goes where the caller lets it, as it comes and never into memory.</summary>
internal static class FileForm
{
    /// <summary>What the form may have besides its file.</summary>
    public const int Wrapping = 65_536;

    private const int MostParts = 8;

    private static readonly Error NotAForm = Error.Invalid(
        "body",
        "not_a_form",
        "The body is a form of the type multipart/form-data with a file called file."
    );

    /// <summary>Answers with what the form says besides its file; refused when it is none, or as its file is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="names">The fields that are wanted. What else there is counts for nothing, as in a body of JSON.</param>
    /// <param name="mostBytes">The most bytes of a field.</param>
    /// <param name="keepAsync">Takes the file, the first if there are several; answers why it is refused. What it has kept the caller drops.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Result<IReadOnlyDictionary<string, string>>> ReadAsync(
        HttpRequest request,
        IReadOnlyCollection<string> names,
        int mostBytes,
        Func<Stream, CancellationToken, Task<Error?>> keepAsync,
        CancellationToken ct
    )
    {
        if (BoundaryOf(request) is not { } boundary)
        {
            return new Error(ErrorKind.Unsupported, "not_a_form", NotAForm.Message);
        }
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8 };
        try
        {
            return await ReadAsync(reader, names, mostBytes, keepAsync, ct);
        }
        // It ends in the middle, or has no such parts.
        catch (Exception exception)
            when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return NotAForm;
        }
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary
            ? boundary.ToString()
            : null;

    private static async Task<Result<IReadOnlyDictionary<string, string>>> ReadAsync(
        MultipartReader reader,
        IReadOnlyCollection<string> names,
        int mostBytes,
        Func<Stream, CancellationToken, Task<Error?>> keepAsync,
        CancellationToken ct
    )
    {
        var fields = new Dictionary<string, string>();
        var hasFile = false;
        for (var parts = 0; await reader.ReadNextSectionAsync(ct) is { } part; parts++)
        {
            if (
                parts == MostParts
                || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            )
            {
                return NotAForm;
            }
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name == "file" && !hasFile)
            {
                hasFile = true;
                if (await keepAsync(part.Body, ct) is { } error)
                {
                    return error;
                }
                continue;
            }
            // What is not wanted is read past, and no further than may be.
            using var bytes = new MemoryStream();
            if (!await CopyAsync(part.Body, bytes, mostBytes, ct))
            {
                return NotAForm;
            }
            if (names.Contains(name))
            {
                if (TextOf(bytes) is not { } text)
                {
                    return NotAForm;
                }
                fields[name] = text;
            }
        }
        return fields;
    }

    /// <summary>Copies all there is; false when that is more than may be.</summary>
    public static async Task<bool> CopyAsync(Stream from, Stream to, long most, CancellationToken ct)
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

    /// <summary>The text; null when it is no UTF-8.</summary>
    private static string? TextOf(MemoryStream bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
