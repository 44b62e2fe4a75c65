using System.Buffers;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>Finds mentions, hashtags and URLs in a text. Pure: who is named, and whether they exist, is not known here.</summary>
/// <remarks>
/// Characters that nobody sees are passed over, but for those that part words as a space does.
/// A sign counts only where no word character stands before it, so neither <c>ana@example.org</c> nor <c>a#b</c> names
/// anything; nor does a sign inside an address, or behind a slash, as in <c>example.org/@ana</c>.
/// <c>@ana@other.example</c> is somebody on another server, and is left alone.
/// </remarks>
public static class FindEntities
{
    /// <summary>The most different users that a text can mention, whoever they are. Names beyond it stay plain text.</summary>
    public const int MaxMentions = 20;

    /// <summary>The most different tags that a text can have. Tags beyond it stay plain text.</summary>
    public const int MaxTags = 30;

    /// <summary>The most UTF-16 units of an address. A longer one stays plain text.</summary>
    public const int MaxUrlLength = WebAddress.MaxLength;

    private static readonly SearchValues<char> Signs = SearchValues.Create("@\uFF20#\uFF03:");

    /// <summary>All that the text names, in the order of the text; no two overlap.</summary>
    /// <param name="text">Any text; half surrogate pairs count as one code point each.</param>
    public static IReadOnlyList<TextEntity> In(string text)
    {
        var place = text.AsSpan().IndexOfAny(Signs);
        if (place < 0)
        {
            return [];
        }

        var found = new List<TextEntity>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        // What the last piece was ends here, and so do the code points that were counted.
        var (last, counted, points) = (0, 0, 0);
        while (place < text.Length)
        {
            if (PieceAt(text, place, last) is not { } piece)
            {
                var next = text.AsSpan(place + 1).IndexOfAny(Signs);
                place = next < 0 ? text.Length : place + 1 + next;
                continue;
            }
            if (piece.Name is { } name && IsWithinLimits(piece.Kind, name, names, tags))
            {
                points += CountPoints(text, counted, piece.Start);
                var length = CountPoints(text, piece.Start, piece.End);
                found.Add(new TextEntity(piece.Kind, points, length, name));
                (counted, points) = (piece.End, points + length);
            }
            last = piece.End;
            var rest = text.AsSpan(piece.End).IndexOfAny(Signs);
            place = rest < 0 ? text.Length : piece.End + rest;
        }
        return found;
    }

    /// <summary>A part of the text to be left alone, or to be named where it has a name.</summary>
    private readonly record struct Piece(EntityKind Kind, int Start, int End, string? Name);

    private static Piece? PieceAt(string text, int place, int last) =>
        text[place] switch
        {
            ':' => UrlAt(text, place, last),
            _ when !MayBegin(text, place, last) => null,
            var sign when UserName.IsSign(sign) => MentionAt(text, place),
            _ => HashtagAt(text, place),
        };

    /// <summary>
    /// Whether a sign can begin something. After a slash and the like it is part of some address, unless that parts it from
    /// another mention or hashtag.
    /// </summary>
    private static bool MayBegin(string text, int place, int last)
    {
        if (place == 0)
        {
            return true;
        }
        var before = Words.SeenBefore(text, place);
        return !Words.IsWord(before)
            && !UserName.IsSign(before.Value)
            && (before.Value is not ('/' or '=' or '&') || (last > 0 && last == place - 1));
    }

    private static Piece? UrlAt(string text, int separator, int last)
    {
        if (
            !WebAddress.IsSeparator(text, separator)
            || WebAddress.Around(text, separator, last) is not { } range
        )
        {
            return null;
        }
        var address = text[range];
        var name = WebAddress.IsLink(address) ? address : null;
        return new Piece(EntityKind.Url, range.Start.Value, range.End.Value, name);
    }

    private static Piece? MentionAt(string text, int sign)
    {
        var start = sign + 1;
        var (end, next) = (start, start);
        while (next < text.Length && UserName.IsCharacter(text[next]))
        {
            end = next + 1;
            next = Words.SkipUnseen(text, end);
        }
        var name = Unseen.RemoveFrom(text[start..end]);
        var isName =
            UserName.IsName(name) && !Words.ContinuesName(Words.RuneAt(text, next)) && !GoesOn(text, next);
        return isName ? new Piece(EntityKind.Mention, sign, end, name) : null;
    }

    private static Piece? HashtagAt(string text, int sign)
    {
        var end = TagName.EndOfWord(text, sign + 1);
        return
            !GoesOn(text, Words.SkipUnseen(text, end)) && TagName.Normalize(text[(sign + 1)..end]) is { } tag
            ? new Piece(EntityKind.Hashtag, sign, end, tag)
            : null;
    }

    /// <summary>Whether a word goes on as the name of another server, or as an address.</summary>
    private static bool GoesOn(string text, int end) =>
        WebAddress.IsSeparator(text, end)
        || (end < text.Length && UserName.IsSign(text[end]) && Words.IsWord(Words.RuneAt(text, end + 1)));

    private static bool IsWithinLimits(
        EntityKind kind,
        string name,
        HashSet<string> names,
        HashSet<string> tags
    ) =>
        kind switch
        {
            EntityKind.Mention => names.Contains(name) || (names.Count < MaxMentions && names.Add(name)),
            EntityKind.Hashtag => tags.Contains(name) || (tags.Count < MaxTags && tags.Add(name)),
            _ => true,
        };

    private static int CountPoints(string text, int start, int end)
    {
        var points = 0;
        while (start < end)
        {
            Words.RuneAt(text, start, out var units);
            start += units;
            points++;
        }
        return points;
    }
}
