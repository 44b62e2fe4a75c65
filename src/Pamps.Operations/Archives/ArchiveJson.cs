using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core;

namespace Pamps.Operations.Archives;

/// <summary>
/// What stands in an archive: objects of ActivityStreams 2.0 (https://www.w3.org/TR/activitystreams-vocabulary/). The file
/// docs/archive.md tells what each is for.
/// </summary>
internal static class ArchiveJson
{
    public const string Public = "https://www.w3.org/ns/activitystreams#Public";

    public static readonly object[] Context =
    [
        "https://www.w3.org/ns/activitystreams",
        new Dictionary<string, string>
        {
            ["email"] = "https://schema.org/email",
            ["PropertyValue"] = "https://schema.org/PropertyValue",
            ["value"] = "https://schema.org/value",
        },
    ];

    /// <summary>The words for who may see a post that is not for everybody and in lists, for which there is none.</summary>
    private static readonly string?[] Words = [null, "unlisted", "followers", "direct"];

    public static string? WordOf(Visibility visibility) => Words[(int)visibility];

    /// <summary>What a word means; null when it is none of them.</summary>
    public static Visibility? VisibilityOf(string? word) =>
        Array.IndexOf(Words, word) is var place and >= 0 ? (Visibility)place : null;

    public static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = ArchiveTypes.Default,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A file is read by programs, never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };
}

/// <summary>The person.</summary>
internal sealed record PersonJson(
    string Type,
    string Id,
    string PreferredUsername,
    string Name,
    string? Summary,
    ImageJson? Icon,
    DateTime Published,
    string Email,
    string Outbox,
    string Liked,
    string Following,
    string Followers,
    IReadOnlyList<PropertyJson>? Attachment
)
{
    /// <summary>Words that the person does not want to read, of which ActivityStreams knows nothing; absent where there are none.</summary>
    public IReadOnlyList<FilterJson?>? Filters { get; init; }

    [JsonPropertyName("@context"), JsonPropertyOrder(-1)]
    public object? Context { get; init; } = ArchiveJson.Context;
}

internal sealed record ImageJson(string Type, string Url);

/// <summary>A field of the profile, in the words of schema.org that others use for it.</summary>
internal sealed record PropertyJson(string Type, string? Name, string? Value);

internal sealed record FilterJson(
    string? Title,
    IReadOnlyList<string?>? Context,
    string? FilterAction,
    DateTime? ExpiresAt,
    IReadOnlyList<FilterKeywordJson?>? Keywords
);

internal sealed record FilterKeywordJson(string? Keyword, bool WholeWord);

/// <summary>That a post was written.</summary>
internal sealed record CreateJson(string Type, string Actor, DateTime Published, string To, NoteJson Object);

/// <summary>A post.</summary>
internal sealed record NoteJson(
    string Type,
    string Id,
    string AttributedTo,
    DateTime Published,
    DateTime? Updated,
    string MediaType,
    string Content,
    NoteNameJson? InReplyTo,
    IReadOnlyList<TagJson>? Tag,
    string? Visibility,
    IReadOnlyList<PictureJson>? Attachment,
    bool? Sensitive = null
);

/// <summary>A picture of a post: its file is where its address says, in the archive.</summary>
internal sealed record PictureJson(
    string Type,
    string MediaType,
    string Url,
    string? Name,
    int Width,
    int Height,
    string? Blurhash,
    IReadOnlyList<decimal>? FocalPoint = null
);

/// <summary>Another post: enough to find it again. Only its id is known of one that was deleted.</summary>
internal sealed record NoteNameJson(string Type, string Id, string? AttributedTo, DateTime? Published);

internal sealed record TagJson(string Type, string Name, string? Href);

/// <summary>That a post was liked; or, as an <c>Add</c>, bookmarked.</summary>
internal sealed record LikeJson(
    string Type,
    string Id,
    string Actor,
    DateTime Published,
    NoteNameJson Object
);

/// <summary>That somebody began to follow somebody.</summary>
internal sealed record FollowJson(string Type, string Id, string Actor, DateTime Published, string Object);

/// <summary>What an archive is made of, with code generated to read and write it; the last four are what its context is.</summary>
[JsonSerializable(typeof(PersonJson))]
[JsonSerializable(typeof(CreateJson))]
[JsonSerializable(typeof(LikeJson))]
[JsonSerializable(typeof(FollowJson))]
[JsonSerializable(typeof(object[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ArchiveTypes : JsonSerializerContext;
