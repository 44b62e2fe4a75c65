using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core;
using Pamps.Core.Text;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Imports;

/// <summary>
/// The posts of an outbox in the words of ActivityStreams: of the archive of a Mastodon account
/// (app/services/backup_service.rb there), and of one of Pamps (docs/archive.md).
/// </summary>
internal sealed class ActivityPosts : IForeignPosts
{
    private const string Outbox = "outbox.json";

    private readonly IHtmlText html;
    private readonly string folder;
    private readonly HashSet<string> names;
    private readonly bool isPamps;

    private ActivityPosts(IReadOnlyCollection<string> names, string outbox, IHtmlText html)
    {
        (this.html, this.names) = (html, [.. names]);
        folder = outbox[..^Outbox.Length];
        isPamps =
            this.names.Contains(folder + Transfer.BackupFile.ManifestName)
            && this.names.Contains(folder + "liked.json");
        Files = [(outbox, "orderedItems")];
        Others =
        [
            .. new[]
            {
                ("likes.json", "like"),
                ("liked.json", "like"),
                ("bookmarks.json", "bookmark"),
                ("following.json", "follow"),
            }
                .Where(x => this.names.Contains(folder + x.Item1))
                .Select(x => (folder + x.Item1, (string?)"orderedItems", x.Item2)),
        ];
    }

    public string Source => isPamps ? "pamps" : "mastodon";

    public IReadOnlyList<(string File, string? Property)> Files { get; }

    public IReadOnlyList<(string File, string? Property, string Reason)> Others { get; }

    /// <summary>The posts, if it is such an archive.</summary>
    public static ActivityPosts? In(ForeignFiles files, IHtmlText html)
    {
        // At the top, or in the one folder that some programs pack.
        var outbox = files.Names.FirstOrDefault(x => x == Outbox)
            ?? files.Names.FirstOrDefault(x =>
                x.EndsWith("/" + Outbox, StringComparison.Ordinal) && x.Count(y => y == '/') == 1
            );
        return outbox is null ? null : new ActivityPosts(files.Names, outbox, html);
    }

    public ForeignItem Look(ReadOnlySpan<byte> item)
    {
        var activity = Parse(item);
        if (activity.Type is "Announce")
        {
            return new(activity.Id, default, "boost");
        }
        if (activity.Type is not "Create" || NoteOf(activity) is not { } note)
        {
            return new(activity.Id, default, "other");
        }
        var date = note.Published ?? activity.Published;
        return new(
            note.Url ?? note.Id,
            date?.UtcDateTime ?? default,
            note.Type is not ("Note" or "Article")
                ? note.Type == "Question"
                    ? "poll"
                    : "other"
                : date is null || string.IsNullOrEmpty(note.Id)
                    ? "damaged"
                    : VisibilityOf(activity, note) == Visibility.Direct
                        ? "direct"
                        : null
        );
    }

    public ForeignPost Read(ReadOnlySpan<byte> item)
    {
        var activity = Parse(item);
        var note = NoteOf(activity)!;
        var content = note.Content ?? "";
        var text = note.MediaType == "text/plain" ? content : html.ToText(content);
        return new ForeignPost(
            note.Id!,
            (note.Published ?? activity.Published)!.Value.UtcDateTime,
            // There is no field for a warning here.
            string.IsNullOrWhiteSpace(note.Summary)
                ? text
                : $"{note.Summary.Trim()}\n\n{text}".Trim(),
            KeyOf(note.InReplyTo),
            VisibilityOf(activity, note),
            [.. (note.Attachment ?? []).Where(x => x is not null).Select(x => PictureOf(x!))]
        )
        {
            Sensitive = note.Sensitive == true,
            NativeId = isPamps ? NativeIdOf(note.Id!) : null,
        };
    }

    private static ActivityJson Parse(ReadOnlySpan<byte> item) =>
        JsonSerializer.Deserialize(item, ForeignJson.Default.ActivityJson)
        ?? throw new JsonException("It is null.");

    private static ForeignNoteJson? NoteOf(ActivityJson activity) =>
        activity.Object.ValueKind == JsonValueKind.Object
            ? activity.Object.Deserialize(ForeignJson.Default.ForeignNoteJson)
            : null;

    /// <summary>As Mastodon says it: by whom it is addressed to, and who is to know.</summary>
    private static Visibility VisibilityOf(ActivityJson activity, ForeignNoteJson note)
    {
        if (note.Visibility is { } word)
        {
            return ArchiveJson.VisibilityOf(word) ?? Visibility.Direct;
        }
        var to = WordsOf(note.To, activity.To);
        return to.Any(IsPublic) ? Visibility.Public
            : WordsOf(note.Cc, activity.Cc).Any(IsPublic) ? Visibility.Unlisted
            : to.Any(x =>
                x.EndsWith("/followers", StringComparison.Ordinal) || x == AccountManifest.FollowersName
            )
                ? Visibility.Followers
            : Visibility.Direct;

        static bool IsPublic(string word) => word is ArchiveJson.Public or "as:Public" or "Public";
    }

    private static List<string> WordsOf(params JsonElement[] values) =>
        [
            .. values
                .SelectMany(x =>
                    x.ValueKind switch
                    {
                        JsonValueKind.String => [x],
                        JsonValueKind.Array => x.EnumerateArray().ToArray(),
                        _ => [],
                    }
                )
                .Where(x => x.ValueKind == JsonValueKind.String)
                .Select(x => x.GetString()!),
        ];

    private static string? KeyOf(JsonElement reply) =>
        reply.ValueKind switch
        {
            JsonValueKind.String => reply.GetString(),
            JsonValueKind.Object
                when reply.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String =>
                id.GetString(),
            _ => null,
        };

    private static long? NativeIdOf(string urn) =>
        long.TryParse(
            urn.AsSpan(urn.LastIndexOf(':') + 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var id
        )
            ? id
            : null;

    private ForeignPicture PictureOf(ForeignAttachmentJson attachment) =>
        new(
            FileOf(attachment.Url),
            attachment.Name,
            attachment.FocalPoint is [var x, var y] && Math.Abs(x) <= 1 && Math.Abs(y) <= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(x, 3)},{Math.Round(y, 3)}")
                : null
        );

    /// <summary>Where its file is: at its address, of which in some archives only an end is the path.</summary>
    private string? FileOf(string? url)
    {
        if (string.IsNullOrEmpty(url))
        {
            return null;
        }
        var path =
            Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? new Uri(url).AbsolutePath
                : url;
        for (var at = 0; at >= 0; at = path.IndexOf('/', at + 1))
        {
            var name = folder + path[at..].TrimStart('/');
            if (names.Contains(name))
            {
                return name;
            }
        }
        return null;
    }
}

/// <summary>That something was written or shared.</summary>
internal sealed record ActivityJson(
    string? Type,
    string? Id,
    DateTimeOffset? Published,
    JsonElement To,
    JsonElement Cc,
    JsonElement Object
);

/// <summary>A post.</summary>
internal sealed record ForeignNoteJson(
    string? Type,
    string? Id,
    string? Url,
    string? Summary,
    JsonElement InReplyTo,
    DateTimeOffset? Published,
    string? Content,
    string? MediaType,
    string? Visibility,
    bool? Sensitive,
    JsonElement To,
    JsonElement Cc,
    IReadOnlyList<ForeignAttachmentJson?>? Attachment
);

/// <summary>A picture of a post.</summary>
internal sealed record ForeignAttachmentJson(string? Url, string? Name, IReadOnlyList<double>? FocalPoint);

/// <summary>What outboxes of elsewhere are made of.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 32)]
[JsonSerializable(typeof(ActivityJson))]
[JsonSerializable(typeof(ForeignNoteJson))]
internal sealed partial class ForeignJson : JsonSerializerContext;
