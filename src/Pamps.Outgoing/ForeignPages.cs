using Microsoft.Extensions.Logging;
using Pamps.Core.Outgoing;

namespace Pamps.Outgoing;

/// <summary>Asks pages of other sites what they say of themselves.</summary>
internal sealed partial class ForeignPages(OutgoingClient client, ILogger<ForeignPages> logger)
    : IForeignPages
{
    public async Task<ForeignPage?> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(address, "text/html,application/xhtml+xml;q=0.9", cancellationToken);
        if (answer?.MediaType is not ("text/html" or "application/xhtml+xml"))
        {
            return null;
        }
        return Parse(answer, PageReader.Read) is { } page
            ? page.With(await ReadMoreAsync(page, answer.Address, cancellationToken))
            : null;
    }

    /// <summary>
    /// What the page's own host says of it elsewhere, where the page itself leaves something out. No other host, and by no other scheme: a
    /// page is not to say whom this server asks, but for its picture, and of one that came by https nothing is asked in the clear.
    /// </summary>
    private async Task<OEmbedWords?> ReadMoreAsync(PageWords page, Uri address, CancellationToken ct) =>
        page is { IsShort: true, OEmbed: { } more }
        && more.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority)
        && await AskAsync(more, "application/json", ct) is { } answer
            ? Parse(answer, OEmbedWords.Read)
            : null;

    private T? Parse<T>(OutgoingAnswer answer, Func<OutgoingAnswer, T?> read)
        where T : class
    {
        try
        {
            return read(answer);
        }
        catch (Exception exception)
        {
            // Whatever a parser stumbles over, it is a stranger who wrote it: the next page is not to wait for it.
            LogNothing(answer.Address.Host, exception.GetType().Name);
            return null;
        }
    }

    public async Task<bool> CopyAsync(Uri address, Stream into, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(address, "image/*", cancellationToken);
        if (answer is null or { IsCut: true })
        {
            return false;
        }
        // Whoever draws it looks at what it is.
        await into.WriteAsync(answer.Body, cancellationToken);
        return true;
    }

    private async Task<OutgoingAnswer?> AskAsync(Uri address, string accept, CancellationToken ct)
    {
        try
        {
            return await client.GetAsync(address, accept, ct);
        }
        catch (OutgoingException exception)
        {
            LogNothing(address.Host, exception.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Asked {Host} for nothing: {Reason}")]
    private partial void LogNothing(string host, string reason);
}
