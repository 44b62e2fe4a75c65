using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Pamps.Auth;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Http;

/// <summary>The Idempotency-Key of a request that creates something, if it has one.</summary>
internal sealed class IdempotencyHeader : ICheckedInput, IEndpointParameterMetadataProvider
{
    public const string Name = "Idempotency-Key";

    private readonly HttpContext context;
    private readonly string? key;

    private IdempotencyHeader(HttpContext context, string? key) => (this.context, this.key) = (context, key);

    public IReadOnlyDictionary<string, FieldError>? Wrong =>
        key is null
        || (key.Length is > 0 and <= IdempotencyKey.MaxLength && key.All(x => x is > ' ' and <= '~'))
            ? null
            : new Dictionary<string, FieldError>
            {
                [Name] = new(
                    "not_a_key",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Name} has 1 to {IdempotencyKey.MaxLength} visible ASCII characters."
                    ),
                    1,
                    IdempotencyKey.MaxLength
                ),
            };

    public static ValueTask<IdempotencyHeader> BindAsync(HttpContext context)
    {
        var values = context.Request.Headers[Name];
        return new(new IdempotencyHeader(context, values.Count == 0 ? null : values.ToString()));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new TakesIdempotencyKey());

    /// <summary>The key with the request's fingerprint. To be asked after the body is read.</summary>
    public IdempotencyKey? ToKey()
    {
        if (key is null)
        {
            return null;
        }
        // Not one of the PurposeKeys: instances of the version before are to know each other's answers (docs/decisions/0016).
        var secret = context.RequestServices.GetRequiredService<IOptions<PampsAuthOptions>>().Value.SecretKey;
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        // Both forms of a path are one request.
        var path = context.Request.Path.Value!.TrimEnd('/');
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method} {path}\n"));
        hash.AppendData(context.Features.Get<RawBody>()?.Bytes ?? []);
        return new IdempotencyKey(key, Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, 16)));
    }
}
