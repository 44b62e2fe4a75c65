using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using static System.FormattableString;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>The proxies' files that operators use, with their TLS.</summary>
public sealed class TlsTests
{
    private readonly int http = Ports.Free();
    private readonly int https = Ports.Free();
    private readonly int certbot = Ports.Free();
    private readonly int status = Ports.Free();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task A_proxy_takes_people_to_https_and_certbot_to_where_it_proves_whose_host_it_is(
        string name
    )
    {
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).With(
            "PAMPS_HTTP__TRUSTED_PROXIES",
            "127.0.0.1"
        );
        await using var server = await RunningServer.StartAsync(workplace);
        using var user = await server.RegisterAsync("ana");
        var certificate = await MakeCertificateAsync(workplace.Folder);
        await using var proxy = await StartAsync(name, workplace.Folder, server.Port);
        using var client = ClientThatTrusts(certificate);

        using var sent = await client.GetAsync(At("http", http, "/search?q=there"), Stop);
        Assert.Equal(HttpStatusCode.PermanentRedirect, sent.StatusCode);
        Assert.Equal("/search?q=there", sent.Headers.Location!.PathAndQuery);
        await RefusesInTheClearAsync(client);
        Assert.Equal(("https", "localhost"), (sent.Headers.Location.Scheme, sent.Headers.Location.Host));
        Assert.False(sent.Headers.Contains("Strict-Transport-Security"));

        client.DefaultRequestHeaders.Add("X-Requested-With", "pamps");
        // Which a page of the site sends, and is refused unless host, port and https arrive behind the proxy.
        client.DefaultRequestHeaders.Add("Origin", Invariant($"https://localhost:{https}"));
        using var signedIn = await client.PostAsync(
            At("https", https, "/session/"),
            JsonContent.Create(new { username = user.Username, password = Client.DefaultPassword }),
            Stop
        );
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        Assert.Equal(HttpVersion.Version20, signedIn.Version);
        Assert.StartsWith(
            "__Host-pamps_session=",
            Assert.Single(signedIn.Headers.GetValues("Set-Cookie")),
            StringComparison.Ordinal
        );
        // As any other name: of localhost nothing is said.
        using var named = new HttpRequestMessage(HttpMethod.Get, At("https", https, "/"));
        named.Headers.Host = "pamps.example";
        using var page = await client.SendAsync(named, Stop);
        Assert.Equal(["max-age=31536000"], page.Headers.GetValues("Strict-Transport-Security"));
        // What Pamps says stands once.
        Assert.Equal(["nosniff"], page.Headers.GetValues("X-Content-Type-Options"));
        Assert.Single(page.Headers.GetValues("Content-Security-Policy"));

        await using var _ = await AnswerAsCertbotAsync(name, workplace.Folder);
        Assert.Equal(
            "token.key",
            await client.GetStringAsync(At("http", http, "/.well-known/acme-challenge/token"), Stop)
        );
    }

    /// <summary>What is secret and was sent in the clear is not led on, lest nobody notice.</summary>
    private async Task RefusesInTheClearAsync(HttpClient client)
    {
        using var posted = await client.PostAsync(At("http", http, "/session/"), null, Stop);
        using var asking = new HttpRequestMessage(HttpMethod.Get, At("http", http, "/user/me/"));
        asking.Headers.Authorization = new("Bearer", "token");
        using var asked = await client.SendAsync(asking, Stop);
        foreach (var refused in new[] { posted, asked })
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains(
                "https_needed",
                await refused.Content.ReadAsStringAsync(Stop),
                StringComparison.Ordinal
            );
            // The proxy's own answers say so, too.
            Assert.Equal(["nosniff"], refused.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["frame-ancestors 'none'"], refused.Headers.GetValues("Content-Security-Policy"));
        }
    }

    private static Uri At(string scheme, int port, string path) =>
        new(Invariant($"{scheme}://localhost:{port}{path}"));

    private static HttpClient ClientThatTrusts(string certificate) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        shown!.GetCertHashString() == certificate,
                },
            }
        )
        {
            DefaultRequestVersion = HttpVersion.Version20,
        };

    /// <summary>The operators' file with other addresses, before one instance.</summary>
    private async Task<ProxyProcess> StartAsync(string name, string folder, int port)
    {
        var isNginx = name == "nginx";
        var original = isNginx ? "nginx.conf" : "haproxy.cfg";
        var lines = (await Repository.ReadAsync($"deploy/{original}"))
            .Replace("listen 80;", Invariant($"listen 127.0.0.1:{http};"), StringComparison.Ordinal)
            .Replace("listen 443 ", Invariant($"listen 127.0.0.1:{https} "), StringComparison.Ordinal)
            .Replace("bind :80\n", Invariant($"bind 127.0.0.1:{http}\n"), StringComparison.Ordinal)
            .Replace("bind :443 ", Invariant($"bind 127.0.0.1:{https} "), StringComparison.Ordinal)
            .Replace(":8404", Invariant($":{status}"), StringComparison.Ordinal)
            .Replace(":8888", Invariant($":{certbot}"), StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/pamps", folder, StringComparison.Ordinal)
            .Replace("/etc/haproxy", folder, StringComparison.Ordinal)
            .Replace("/var/www/certbot", folder, StringComparison.Ordinal)
            .Replace("172.30.77.11:8000", Invariant($"127.0.0.1:{port}"), StringComparison.Ordinal)
            .Split('\n')
            .Where(x => !x.Contains(" 172.30.77", StringComparison.Ordinal));
        var file = Path.Combine(folder, original);
        await File.WriteAllLinesAsync(file, lines, Stop);
        return isNginx
            ? await ProxyProcess.StartAsync(
                https,
                "nginx",
                "-c",
                file,
                "-g",
                $"daemon off; master_process off; pid {folder}/nginx.pid;"
            )
            : await ProxyProcess.StartAsync(https, "haproxy", "-q", "-db", "-f", file);
    }

    /// <summary>Makes what certbot would have got, and answers how to know it again.</summary>
    private static async Task<string> MakeCertificateAsync(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(
            "CN=localhost",
            key,
            HashAlgorithmName.SHA256
        ).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (chain, secret) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(folder, "fullchain.pem"), chain, Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "privkey.pem"), secret, Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "pamps.pem"), $"{chain}\n{secret}\n", Stop);
        return certificate.GetCertHashString();
    }

    /// <summary>What certbot puts where nginx looks, and answers itself behind HAProxy.</summary>
    private async Task<WebApplication?> AnswerAsCertbotAsync(string name, string folder)
    {
        if (name == "nginx")
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, ".well-known", "acme-challenge"));
            await File.WriteAllTextAsync(Path.Combine(place.FullName, "token"), "token.key", Stop);
            return null;
        }
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Invariant($"http://127.0.0.1:{certbot}"));
        var answering = builder.Build();
        answering.MapGet("/.well-known/acme-challenge/token", () => "token.key");
        await answering.StartAsync(Stop);
        return answering;
    }
}
