using System.Buffers;
using System.Globalization;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>What a web address is, and where one in the middle of a sentence begins and ends.</summary>
internal static class WebAddress
{
    /// <summary>The most UTF-16 units of an address that is linked to.</summary>
    public const int MaxLength = 2048;

    private const string Separator = "://";

    /// <summary>Ends a sentence rather than an address.</summary>
    private const string Trailing = ".,;:!?'*([{|\\^";

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    );

    /// <summary>Whether what follows a place makes a scheme of what stands before it.</summary>
    public static bool IsSeparator(string text, int place) =>
        place < text.Length && text.AsSpan(place).StartsWith(Separator, StringComparison.Ordinal);

    /// <summary>
    /// The address around a separator, from its scheme to its end; null when there is nothing of the kind. It need
    /// not be one that is linked to.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">Where <c>://</c> is.</param>
    /// <param name="from">Before this the scheme cannot begin.</param>
    public static Range? Around(string text, int separator, int from)
    {
        var start = separator;
        while (start > from && char.IsAsciiLetterOrDigit(text[start - 1]))
        {
            start--;
        }
        var authority = separator + Separator.Length;
        var end = EndOf(text, authority);
        return start == separator || end == authority ? null : start..end;
    }

    /// <summary>Whether it is a web address that a reader can be sent to.</summary>
    /// <remarks>Not one with a user name in it, which shows one server's name and leads to another's.</remarks>
    public static bool IsLink(string address) =>
        address.Length <= MaxLength
        && (
            address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        )
        && !Authority(address).Contains('@')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <summary>
    /// Whether a reader's browser may ask for it unasked, as for a picture: https, and a host that has the same name for everybody.
    /// No number, in whatever spelling, and no name of the reader's own machine or network.
    /// </summary>
    /// <remarks>Other scripts' hosts are written in ASCII (<c>xn--</c>): browsers read some of their signs as dots and digits.</remarks>
    public static bool IsPublic(string address)
    {
        if (address.Length > MaxLength || !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        var authority = Authority(address);
        var host = authority.EndsWith(":443", StringComparison.Ordinal) ? authority[..^4] : authority;
        var top = host[(host.LastIndexOf('.') + 1)..];
        return top.Length > 0
            // A host that ends in a number is one, such as 0x7f.1.
            && char.IsAsciiLetter(top[0])
            && top.Length < host.Length
            && host[0] != '.'
            && !host.Contains("..", StringComparison.Ordinal)
            && !host.ContainsAnyExcept(HostCharacters)
            && !IsOwnNetwork(top);
    }

    /// <summary>RFC 6761, 6762, 8375 (<c>home.arpa</c>; nothing under <c>arpa</c> has pictures), and ICANN's name for private use.</summary>
    private static bool IsOwnNetwork(ReadOnlySpan<char> top) =>
        top.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || top.Equals("local", StringComparison.OrdinalIgnoreCase)
        || top.Equals("internal", StringComparison.OrdinalIgnoreCase)
        || top.Equals("arpa", StringComparison.OrdinalIgnoreCase);

    /// <summary>The scheme, the host in ASCII, and the port where it is not the scheme's own, of a web address; null for an empty one.</summary>
    public static string? OriginOf(string address)
    {
        if (address.Length == 0)
        {
            return null;
        }
        var uri = new Uri(address);
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        return $"{uri.Scheme}://{host}{port}";
    }

    private static ReadOnlySpan<char> Authority(string address)
    {
        var rest = address.AsSpan(address.IndexOf(Separator, StringComparison.Ordinal) + Separator.Length);
        return rest.IndexOfAny('/', '?', '#') is var end and >= 0 ? rest[..end] : rest;
    }

    private static int EndOf(string text, int start)
    {
        var end = start;
        var (round, square, curly) = (0, 0, 0);
        var (hasPath, hasQuery) = (false, false);
        while (end < text.Length)
        {
            var rune = Words.RuneAt(text, end, out var units);
            hasQuery |= rune.Value is '?' or '#';
            hasPath |= hasQuery || rune.Value is '/';
            if (!IsPart(rune) && !(rune.Value == '\\' ? hasQuery : hasPath && IsCopied(rune)))
            {
                break;
            }
            round += Step(rune.Value, '(', ')');
            square += Step(rune.Value, '[', ']');
            curly += Step(rune.Value, '{', '}');
            if (round < 0 || square < 0 || curly < 0)
            {
                // Closes a bracket that was opened before the address.
                break;
            }
            end += units;
        }
        while (end > start && Trailing.Contains(text[end - 1]))
        {
            end--;
        }
        return end;
    }

    /// <summary>
    /// What no address should hold (RFC 3986), and browsers leave as it is behind the host when one is copied (the URL Standard's
    /// percent-encode sets). A backslash is a slash to them, but in a query.
    /// </summary>
    private static bool IsCopied(Rune rune) => rune.Value is '{' or '|' or '}' or '^';

    private static int Step(int character, char opening, char closing) =>
        character == opening ? 1
        : character == closing ? -1
        : 0;

    /// <summary>
    /// What can be in an address as people copy it: all that RFC 3987 allows, and of other scripts' punctuation only
    /// what names are written with; sentences go on after an address without a space there.
    /// </summary>
    private static bool IsPart(Rune rune)
    {
        if (rune.IsAscii)
        {
            return rune.Value is > ' ' and < 0x7F && !"<>\"`{}|\\^".Contains((char)rune.Value);
        }
        return rune.Value is 0xB7 or 0x200C or 0x200D
            || rune != Rune.ReplacementChar
                && Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.SpaceSeparator
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.InitialQuotePunctuation
                        or UnicodeCategory.FinalQuotePunctuation
                        or UnicodeCategory.OpenPunctuation
                        or UnicodeCategory.ClosePunctuation
                        or UnicodeCategory.OtherPunctuation
                    );
    }
}
