using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Pamps.Core;

namespace Pamps.Outgoing;

/// <summary>
/// The one client by which this server asks others for what strangers name: http and https only, nobody but the public internet, as
/// the socket sees it, few redirects of which each is looked at anew, so many bytes and seconds and no more. It has no cookies, no
/// proxy and no credentials, and says of itself what it is and where.
/// </summary>
internal sealed partial class OutgoingClient : IDisposable
{
    private static readonly string Version = typeof(OutgoingClient)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    private readonly OutgoingRules rules;
    private readonly OutgoingMeasures measures;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly string agent;

    public OutgoingClient(
        OutgoingRules rules,
        OutgoingMeasures measures,
        PampsOptions options,
        TimeProvider time,
        ILogger<OutgoingClient> logger
    )
    {
        (this.rules, this.measures, this.time) = (rules, measures, time);
        agent = $"Pamps/{Version}" + (options.Site.Origin is { } site ? $" (+{site})" : "");
        http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = ConnectAsync,
                AllowAutoRedirect = false,
                UseCookies = false,
                // Whoever asks through another cannot see whom the other asks.
                UseProxy = false,
                Credentials = null,
                PreAuthenticate = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = measures.ConnectPatience,
                MaxConnectionsPerServer = measures.ConnectionsPerHost,
                // In kilobytes.
                MaxResponseHeadersLength = 32,
                MaxResponseDrainSize = 0,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
                // What this server traces is nobody else's business.
                ActivityHeadersPropagator = null,
            }
        )
        {
            // The call's own patience ends it, redirects and body included.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (rules.HasExceptions)
        {
            LogExceptions(logger);
        }
    }

    /// <summary>Reads what is at an address.</summary>
    /// <param name="address">Where.</param>
    /// <param name="accept">What is wanted, as the header Accept says it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OutgoingException">It may not be asked, did not answer in time, or had nothing to give.</exception>
    public async Task<OutgoingAnswer> GetAsync(
        Uri address,
        string accept,
        CancellationToken cancellationToken
    )
    {
        using var end = new CancellationTokenSource(measures.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            return await FollowAsync(address, accept, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutgoingException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It did not answer within {measures.Patience.TotalSeconds} seconds."
                )
            );
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as OutgoingException
                ?? new OutgoingException($"It cannot be asked ({exception.HttpRequestError}).");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new OutgoingException("It broke off, or what it sent cannot be unpacked.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<OutgoingAnswer> FollowAsync(Uri address, string accept, CancellationToken ct)
    {
        for (var redirects = 0; ; redirects++)
        {
            Check(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await ReadAsync(address, response.Content, ct);
            }
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                throw new OutgoingException(
                    string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}.")
                );
            }
            if (redirects == measures.MostRedirects)
            {
                throw new OutgoingException("It sends on and on.");
            }
            address = Uri.TryCreate(address, location, out var next)
                ? next
                : throw new OutgoingException("It sends to what is no address.");
        }
    }

    private static void Check(Uri address)
    {
        if (
            !address.IsAbsoluteUri
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0
        )
        {
            throw new OutgoingException("It is no address of the web.");
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private async Task<OutgoingAnswer> ReadAsync(Uri address, HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var (body, length) = (new byte[64 * 1024], 0);
        while (await stream.ReadAsync(body.AsMemory(length), ct) is > 0 and var read)
        {
            length += read;
            if (length > measures.MostBytes)
            {
                break;
            }
            if (length == body.Length)
            {
                // One more than may be, to know whether there is more.
                Array.Resize(ref body, Math.Min(2 * body.Length, measures.MostBytes + 1));
            }
        }
        var type = content.Headers.ContentType;
        return new OutgoingAnswer(
            address,
            type?.MediaType?.ToLowerInvariant(),
            type?.CharSet?.Trim('"', '\''),
            body.AsMemory(0, Math.Min(length, measures.MostBytes)),
            length > measures.MostBytes
        );
    }

    /// <summary>Where names become addresses: what was looked at is what is asked, whatever the name's server says a moment later.</summary>
    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var good = addresses.Where(x => rules.Lets(x, port)).ToArray();
        if (good.Length == 0)
        {
            throw new OutgoingException("It is not on the public internet, or not on a port of the web.");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(good, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "PAMPS_OUTGOING__ALLOW lets this server ask addresses that are not of the public internet for what strangers name"
    )]
    private static partial void LogExceptions(ILogger logger);
}
