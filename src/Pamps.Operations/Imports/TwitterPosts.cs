using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Pamps.Core;

namespace Pamps.Operations.Imports;

/// <summary>The posts of the archive of an X (Twitter) account: <c>data/tweets.js</c>, which is JSON behind a script's beginning.</summary>
internal sealed partial class TwitterPosts : IForeignPosts
{
    /// <summary>The first moment of ids that say when they were drawn, in milliseconds of Unix' time.</summary>
    private const long SnowflakeEpoch = 1_288_834_974_657;

    /// <summary>Far more than a post may have; what is longer is left out as too long.</summary>
    private const int LongestText = 100_000;

    private const int LongestLink = 2_000;

    private const int MostLinks = 200;

    private readonly Dictionary<string, List<string>> media;

    private TwitterPosts(IReadOnlyCollection<string> names, List<string> files)
    {
        Files = [.. files.Select(x => (x, (string?)null))];
        // data/tweets_media/1234567890-NameOfTheFile.jpg
        media = names
            .Order(StringComparer.Ordinal)
            .Select(x => (Name: x, Match: MediaFile().Match(x)))
            .Where(x => x.Match.Success)
            .GroupBy(x => x.Match.Groups["id"].Value, x => x.Name, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.Take(ForeignPost.MostPictures).ToList(), StringComparer.Ordinal);
        Others =
        [
            .. new[] { ("like.js", "like"), ("following.js", "follow"), ("direct-messages.js", "direct") }
                .Select(x =>
                    (
                        Name: names.FirstOrDefault(y =>
                            y.EndsWith("data/" + x.Item1, StringComparison.Ordinal)
                        ),
                        x.Item2
                    )
                )
                .Where(x => x.Name is not null)
                .Select(x => (x.Name!, (string?)null, x.Item2)),
        ];
    }

    public string Source => "twitter";

    public IReadOnlyList<(string File, string? Property)> Files { get; }

    public (string File, string? Property)? Bookmarks => null;

    public IReadOnlyList<(string File, string? Property, string Reason)> Others { get; }

    /// <summary>The posts, if it is such an archive.</summary>
    public static TwitterPosts? In(ForeignFiles files)
    {
        var parts = files.Names.Where(x => PostsFile().IsMatch(x)).Order(StringComparer.Ordinal).ToList();
        return parts.Count == 0 ? null : new TwitterPosts(files.Names, parts);
    }

    public ForeignItem Look(ReadOnlySpan<byte> item)
    {
        var tweet = Parse(item);
        var date = DateOf(tweet);
        return new(
            tweet.IdStr,
            date ?? default,
            date is null || string.IsNullOrEmpty(tweet.IdStr) ? "damaged"
                : TextOf(tweet).StartsWith("RT @", StringComparison.Ordinal) ? "boost"
                : null
        );
    }

    public ForeignPost Read(ReadOnlySpan<byte> item)
    {
        var tweet = Parse(item);
        var files = media.GetValueOrDefault(tweet.IdStr!, []).ToList();
        var shown = (tweet.ExtendedEntities?.Media ?? tweet.Entities?.Media ?? [])
            .Take(ForeignPost.MostPictures)
            .ToList();
        return new ForeignPost(
            tweet.IdStr!,
            DateOf(tweet)!.Value,
            Readable(tweet, shown),
            tweet.InReplyToStatusIdStr,
            Visibility.Public,
            [.. Pictures(shown, files)]
        )
        {
            Sensitive = tweet.PossiblySensitive == true,
        };
    }

    private static TweetJson Parse(ReadOnlySpan<byte> item) =>
        JsonSerializer.Deserialize(item, TweetTypes.Default.TweetItemJson)?.Tweet
        ?? throw new JsonException("It is no tweet.");

    private static string TextOf(TweetJson tweet) => tweet.FullText ?? tweet.Text ?? "";

    /// <summary>What the files of a tweet show: those that its list names, in that order; without a list, all.</summary>
    private static IEnumerable<ForeignPicture> Pictures(List<TweetMediaJson?> shown, List<string> files)
    {
        foreach (var one in shown.OfType<TweetMediaJson>())
        {
            var file = files.Find(x => NamesOf(one).Any(y => x.EndsWith("-" + y, StringComparison.Ordinal)));
            if (file is not null)
            {
                files.Remove(file);
            }
            yield return new ForeignPicture(file, one.ExtAltText);
        }
        foreach (var file in shown.Count == 0 ? files : [])
        {
            yield return new ForeignPicture(file, Description: null);
        }
    }

    /// <summary>What a file of this is called, behind the tweet's id.</summary>
    private static IEnumerable<string> NamesOf(TweetMediaJson one) =>
        (one.VideoInfo?.Variants ?? [])
            .Take(ForeignPost.MostPictures)
            .Select(x => x?.Url)
            .Append(one.MediaUrlHttps)
            .OfType<string>()
            .Select(x => x.Split('?')[0])
            .Select(x => x[(x.LastIndexOf('/') + 1)..])
            .Where(x => x.Length > 0);

    /// <summary>The text with its links in full and without that of its pictures; who is named is said to be there, not here.</summary>
    private static string Readable(TweetJson tweet, List<TweetMediaJson?> shown)
    {
        var text = TextOf(tweet);
        if (text.Length > LongestText)
        {
            return text;
        }
        // In one pass, so that nothing that was put in is looked at again.
        var full = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in (tweet.Entities?.Urls ?? []).Take(MostLinks))
        {
            if (link is { Url.Length: > 0, ExpandedUrl.Length: > 0 and <= LongestLink })
            {
                full[link.Url] = link.ExpandedUrl;
            }
        }
        foreach (var link in shown.Select(x => x?.Url).Where(x => !string.IsNullOrEmpty(x)))
        {
            full[link!] = "";
        }
        var room = LongestText;
        text = ShortLink()
            .Replace(text, x =>
                full.TryGetValue(x.Value, out var said) && (room -= said.Length) >= 0 ? said : x.Value
            );
        return Named().Replace(WebUtility.HtmlDecode(text), "@$1@twitter.com").Trim();
    }

    /// <summary>To the millisecond where the id says it, so that a thread keeps its order.</summary>
    private static DateTime? DateOf(TweetJson tweet)
    {
        // Wed Oct 10 20:19:24 +0000 2018
        if (
            !DateTime.TryParseExact(
                tweet.CreatedAt?.Replace(" +0000", "", StringComparison.Ordinal),
                "ddd MMM dd HH:mm:ss yyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var date
            )
        )
        {
            return null;
        }
        if (long.TryParse(tweet.IdStr, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            var exact = DateTime.UnixEpoch.AddMilliseconds((id >> 22) + SnowflakeEpoch);
            return exact >= date && exact < date.AddSeconds(1) ? exact : date;
        }
        return date;
    }

    [GeneratedRegex(@"(?:^|/)data/tweets?(?:-part\d+)?\.js\z")]
    private static partial Regex PostsFile();

    [GeneratedRegex(@"(?:^|/)data/tweets?_media/(?<id>\d+)-[^/]+\z")]
    private static partial Regex MediaFile();

    [GeneratedRegex("https?://t\\.co/[A-Za-z0-9]+")]
    private static partial Regex ShortLink();

    [GeneratedRegex(@"(?<![\w@/])@(\w{1,15})(?![\w@])")]
    private static partial Regex Named();
}

internal sealed record TweetItemJson(TweetJson? Tweet);

internal sealed record TweetJson(
    string? IdStr,
    string? FullText,
    string? Text,
    string? CreatedAt,
    string? InReplyToStatusIdStr,
    bool? PossiblySensitive,
    TweetEntitiesJson? Entities,
    TweetEntitiesJson? ExtendedEntities
);

internal sealed record TweetEntitiesJson(
    IReadOnlyList<TweetLinkJson?>? Urls,
    IReadOnlyList<TweetMediaJson?>? Media
);

internal sealed record TweetLinkJson(string? Url, string? ExpandedUrl);

internal sealed record TweetMediaJson(
    string? Url,
    string? MediaUrlHttps,
    string? ExtAltText,
    TweetVideoJson? VideoInfo
);

internal sealed record TweetVideoJson(IReadOnlyList<TweetLinkJson?>? Variants);

/// <summary>What tweets are made of.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(TweetItemJson))]
internal sealed partial class TweetTypes : JsonSerializerContext;
