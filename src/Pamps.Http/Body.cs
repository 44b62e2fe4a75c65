using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Pamps.Auth;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Http;

/// <summary>A JSON request body. Broken JSON and wrong types are refused with the field that is wrong.</summary>
internal sealed class Body<T> : ICheckedInput, IEndpointParameterMetadataProvider
    where T : class
{
    private Body() { }

    public T Value { get; private init; } = null!;

    public IReadOnlyDictionary<string, FieldError>? Wrong { get; private init; }

    public int RefusalStatus { get; private init; } = StatusCodes.Status422UnprocessableEntity;

    public static async ValueTask<Body<T>> BindAsync(HttpContext context, ParameterInfo _)
    {
        var isJson = context.Request.HasJsonContentType();
        using var buffer = new MemoryStream();
        if (isJson || MayBeLeftOut)
        {
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        }
        var isLeftOut = MayBeLeftOut && buffer.Length == 0;
        if (!isJson && !isLeftOut)
        {
            return Refuse(
                "The body is JSON, with Content-Type: application/json.",
                "wrong_media_type",
                status: 415
            );
        }
        var bytes = isLeftOut ? "{}"u8.ToArray() : buffer.ToArray();
        context.Features.Set(new RawBody(bytes));
        var options = HttpJson.OptionsOf(context);
        try
        {
            return JsonSerializer.Deserialize(WithoutByteOrderMark(bytes), options.Of<T>()) is { } value
                ? new Body<T> { Value = value }
                : Refuse("The body is a JSON object.", "not_an_object");
        }
        catch (JsonException exception)
        {
            return Refuse(exception);
        }
        catch (InvalidOperationException)
        {
            // A string that is not well-formed Unicode, such as half of a surrogate pair.
            return Refuse("The body holds a string that is not well-formed Unicode.", "not_unicode");
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(
            typeof(T).IsAssignableTo(typeof(IUnroutedBody))
                ? new RequestBodyMetadata(typeof(T), "application/json", IsRequired: false)
                : new AcceptsMetadata(["application/json"], typeof(T))
        );
    }

    private static bool MayBeLeftOut => typeof(T).IsAssignableTo(typeof(IOptionalBody));

    private static ReadOnlySpan<byte> WithoutByteOrderMark(byte[] bytes) =>
        bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;

    private static Body<T> Refuse(JsonException exception)
    {
        // The path of the first wrong value, as in "$.text". Of a text that is no JSON it is only where reading
        // stopped; the inner exception tells.
        var isJson = exception.InnerException is not JsonException;
        var field = isJson && exception.Path is { Length: > 2 } path ? path[2..] : "body";
        return field == "body"
            ? Refuse("The body is not valid JSON of the expected shape.", "not_json")
            : Refuse($"The value of {field} has the wrong type.", "wrong_type", field);
    }

    private static Body<T> Refuse(string message, string code, string field = "body", int status = 422) =>
        new()
        {
            Wrong = new Dictionary<string, FieldError> { [field] = new(code, message) },
            RefusalStatus = status,
        };
}

/// <summary>A body that may be left out, whatever its type is said to be: then it is as one that says nothing.</summary>
internal interface IOptionalBody;

/// <summary>
/// One that routing must not go by: it would lead a request that leaves the body out to another endpoint, whose path fits too.
/// </summary>
internal interface IUnroutedBody : IOptionalBody;

/// <summary>The bytes of the request's body, as they came.</summary>
internal sealed record RawBody(byte[] Bytes);
