using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pamps.Core;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary>
/// <c>pamps health</c>: asks a running server whether it can serve. For containers, whose image has no other program to ask with.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var address = new Argument<string?>("address")
        {
            Description =
                "Where it is, such as https://pamps.example.org; on this machine, by the settings, when left out",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("health", "Ask a running server whether it can serve") { address };
        command.SetAction((parse, ct) => RunAsync(parse.GetValue(address), ct));
        return command;
    }

    private static async Task RunAsync(string? address, CancellationToken ct)
    {
        var server = address is null
            ? OnThisMachine(ReadSettings.Run(new Dictionary<string, string?>()).Options)
            : Read(address);
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri(server, "/health/ready"), ct);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new UserErrorException(
                    $"{server} is not ready: {await ReasonAsync(answer, ct) ?? $"it answers {(int)answer.StatusCode}"}"
                );
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // A socket's own comes when the server dies right after it took the connection.
            throw new UserErrorException($"{server} does not answer: {exception.Message}", exception);
        }
        catch (TaskCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{server} does not answer within {Patience.TotalSeconds} seconds"
                ),
                exception
            );
        }
        Console.WriteLine($"{server} is ready");
    }

    /// <summary>Where a server listens, as programs on this machine find it.</summary>
    public static Uri OnThisMachine(PampsOptions options)
    {
        var host = IPAddress.TryParse(options.Host, out var listens) switch
        {
            true when listens!.Equals(IPAddress.Any) => IPAddress.Loopback.ToString(),
            true when listens!.Equals(IPAddress.IPv6Any) => IPAddress.IPv6Loopback.ToString(),
            _ => options.Host,
        };
        return new UriBuilder(Uri.UriSchemeHttp, host, options.Port).Uri;
    }

    private static Uri Read(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new UserErrorException($"'{address}' is no address such as https://pamps.example.org.");

    /// <summary>The sentence of a problem; null where the answer is something else.</summary>
    private static async Task<string?> ReasonAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
            return problem.RootElement.GetProperty("detail").GetString();
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
