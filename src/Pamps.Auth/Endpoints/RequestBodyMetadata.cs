namespace Pamps.Auth;

/// <summary>
/// Says, on an endpoint that reads its body itself, what the body is, for the host's description of its
/// API; once for each media type that it takes. It is not <c>IAcceptsMetadata</c> because routing answers that with a 415 of its own.
/// </summary>
/// <param name="Type">The shape of the body.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="IsRequired">Whether it may not be left out.</param>
public sealed record RequestBodyMetadata(Type Type, string ContentType, bool IsRequired = true);
