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
        try
        {
            return PageReader.Read(answer);
        }
        catch (Exception exception)
        {
            // Whatever a parser stumbles over, it is a stranger who wrote it: the next page is not to wait for it.
            LogNothing(address.Host, exception.GetType().Name);
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
