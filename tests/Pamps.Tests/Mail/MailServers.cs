using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Pamps.Core;
using Pamps.Tests.Host;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Pamps.Tests.Mail;

/// <summary>A mail server in this process, which keeps what it takes.</summary>
internal sealed class MailServers : IAsyncDisposable
{
    public const string User = "pamps";
    public const string Password = "a/mail@password";

    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private readonly Store store = new();

    private MailServers(bool asksForPassword, string? refuses, X509Certificate? certificate)
    {
        Port = Ports.Free();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(x =>
            {
                x.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))
                    .AuthenticationRequired(asksForPassword)
                    .AllowUnsecureAuthentication(certificate is null);
                if (certificate is not null)
                {
                    x.Certificate(certificate);
                }
            })
            .Build();
        var services = new ServiceProvider();
        services.Add((IMessageStore)store);
        services.Add((IMailboxFilter)new Filter(refuses));
        services.Add((IUserAuthenticator)new Authenticator());
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    public int Port { get; }

    public string Uri => $"smtp://127.0.0.1:{Port}?tls=none";

    /// <summary>Whether all that was taken came by TLS.</summary>
    public bool TookInSecret => store.Secret.All(x => x);

    /// <summary>All that was taken, the oldest first.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. store.Taken];

    /// <summary>One that takes mail to all but one mailbox.</summary>
    /// <param name="asksForPassword">Whether it asks who sends.</param>
    /// <param name="refuses">The mailbox.</param>
    /// <param name="certificate">What it shows where it is asked for TLS; null where it knows none.</param>
    public static MailServers Start(
        bool asksForPassword = false,
        string? refuses = null,
        X509Certificate? certificate = null
    ) => new(asksForPassword, refuses, certificate);

    /// <summary>Has a server send its mail here, and none that nobody asked for.</summary>
    public void Use(PampsOptions options)
    {
        options.Mail.Uri = Uri;
        options.Mail.From = "pamps@example.org";
        options.Site.Address = "https://pamps.example.org";
        options.Site.ConfirmEmail = false;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private sealed class Store : MessageStore
    {
        public ConcurrentQueue<MimeMessage> Taken { get; } = new();

        public ConcurrentQueue<bool> Secret { get; } = new();

        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            using var stream = new MemoryStream(buffer.ToArray());
            Secret.Enqueue(context.Pipe.IsSecure);
            Taken.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Filter(string? refused) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context,
            IMailbox to,
            IMailbox @from,
            CancellationToken cancellationToken
        ) => Task.FromResult($"{to.User}@{to.Host}" != refused);
    }

    private sealed class Authenticator : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(
            ISessionContext context,
            string user,
            string password,
            CancellationToken cancellationToken
        ) => Task.FromResult(user == User && password == Password);
    }
}

/// <summary>A mail server that takes connections and says nothing.</summary>
internal sealed class SilentMailServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int connections;

    public SilentMailServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public int Connections => connections;

    public string Uri => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}?tls=none";

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        var held = new List<TcpClient>();
        while (true)
        {
            held.Add(await listener.AcceptTcpClientAsync());
            Interlocked.Increment(ref connections);
        }
    }
}
