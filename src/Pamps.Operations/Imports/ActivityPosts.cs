using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Pamps.Core;
using Pamps.Core.Text;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Imports;

/// <summary>
/// The posts of an outbox in the words of ActivityStreams: of the archive of a Mastodon account
/// (app/services/backup_service.rb there), and of one of Pamps (docs/archive.md).
/// </summary>
internal sealed partial class ActivityPosts : IForeignPosts
{
    private const string Outbox = "outbox.json";

    private const string BookmarksFile = "bookmarks.json";

    private const int LongestAddress = 2_000;

    /// <summary>So many parts of an address are tried as the path of a file; more than any has.</summary>
    private const int MostParts = 12;

    /// <summary>Far more than a post may have.</summary>
    private const int LongestText = 100_000;

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
        // Those of Pamps are no addresses: as likes, they are taken by who moves a whole account (ImportAccount.cs).
        Bookmarks =
            !isPamps && this.names.Contains(folder + BookmarksFile)
                ? (folder + BookmarksFile, "orderedItems")
                : null;
        Others =
        [
            .. new[]
            {
                ("likes.json", "like"),
                ("liked.json", "like"),
                (BookmarksFile, "bookmark"),
                ("following.json", "follow"),
            }
                .Where(x => this.names.Contains(folder + x.Item1) && folder + x.Item1 != Bookmarks?.File)
                .Select(x => (folder + x.Item1, (string?)"orderedItems", x.Item2)),
        ];
    }

    public string Source => isPamps ? "pamps" : "mastodon";

    public IReadOnlyList<(string File, string? Property)> Files { get; }

    public (string File, string? Property)? Bookmarks { get; }

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
        if (text.Length > LongestText)
        {
            throw new FormatException("It is far longer than a post.");
        }
        if (
            !isPamps
            && Uri.TryCreate(note.Id, UriKind.Absolute, out var id)
            && id.Scheme is ("http" or "https")
        )
        {
            text = Named().Replace(text, x => $"{x.Value}@{id.Host}");
        }
        return new ForeignPost(
            note.Id!,
            (note.Published ?? activity.Published)!.Value.UtcDateTime,
            // There is no field for a warning here.
            string.IsNullOrWhiteSpace(note.Summary)
                ? text
                : $"{note.Summary.Trim()}\n\n{text}".Trim(),
            KeyOf(note.InReplyTo),
            VisibilityOf(activity, note),
            [
                .. (note.Attachment ?? [])
                    .OfType<ForeignAttachmentJson>()
                    .Take(ForeignPost.MostPictures)
                    .Select(PictureOf),
            ]
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
        if (url is not { Length: > 0 and <= LongestAddress })
        {
            return null;
        }
        var path =
            Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address.AbsolutePath
                : url;
        // The longest first: of two files that end alike it is the one that says more.
        var ends = new List<int>();
        for (var at = path.Length; at > 0 && ends.Count < MostParts; )
        {
            at = path.LastIndexOf('/', at - 1);
            ends.Add(at + 1);
        }
        return ends.Append(0)
            .Order()
            .Select(x => folder + path[x..].TrimStart('/'))
            .FirstOrDefault(names.Contains);
    }

    /// <summary>Somebody who is named without saying where.</summary>
    [GeneratedRegex(@"(?<![\w@/.])@\w{1,30}(?![\w@])")]
    private static partial Regex Named();
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
