using Pamps.Core.Jobs;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Cards;

/// <summary>Which page a post has a card of.</summary>
internal sealed class CardLinks
{
    /// <summary>The most characters of an address, all of them ASCII: it is the key of an index.</summary>
    private const int MostCharacters = 2000;

    private readonly bool isEnabled;
    private readonly HashSet<string> own;

    public CardLinks(PampsOptions options)
    {
        isEnabled = options.AsksPages;
        own = options
            .Site.Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(x => "http://" + x)
            .Concat(options.Site.Origin is { } origin ? [origin] : [])
            .Concat(options.Media.Origin is { } files ? [files] : [])
            .Select(x => new Uri(x).IdnHost)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The first page of another site that a text links to, by the address that the card is kept under; null for none.</summary>
    /// <param name="found">What the text names, in its order.</param>
    public string? FirstIn(IEnumerable<TextEntity> found) =>
        found
            .Where(x => x.Kind == EntityKind.Url && WebAddress.IsLink(x.Name))
            .Select(x => new Uri(x.Name))
            .Where(x => !own.Contains(x.IdnHost))
            .Select(AddressOf)
            .FirstOrDefault();

    /// <summary>Leaves it to the commit that there is a card of the page, which is asked after it. To be left before the post's own row.</summary>
    public void Want(Write write, string? url)
    {
        if (url is not null && isEnabled)
        {
            write.Then(CardRows.Want(write.NewId(), url, write.Now));
            write.Enqueue(FetchCards.Job);
        }
    }

    /// <summary>Without what never goes to the server, and with its host in ASCII.</summary>
    private static string? AddressOf(Uri link)
    {
        var host = link.HostNameType == UriHostNameType.IPv6 ? link.Host : link.IdnHost;
        var port = link.IsDefaultPort
            ? ""
            : $":{link.GetComponents(UriComponents.Port, UriFormat.UriEscaped)}";
        var url = $"{link.Scheme}://{host}{port}{link.PathAndQuery}";
        return url.Length <= MostCharacters ? url : null;
    }
}
