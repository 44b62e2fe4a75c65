using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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

    private MailServers(bool asksForPassword, string? refuses)
    {
        Port = Ports.Free();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(x =>
                x.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))
                    .AuthenticationRequired(asksForPassword)
                    .AllowUnsecureAuthentication()
            )
            .Build();
        var services = new ServiceProvider();
        services.Add((IMessageStore)store);
        services.Add((IMailboxFilter)new Filter(refuses));
        services.Add((IUserAuthenticator)new Authenticator());
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    public int Port { get; }

    public string Uri => $"smtp://127.0.0.1:{Port}?tls=none";

    /// <summary>All that was taken, the oldest first.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. store.Taken];

    /// <summary>One that takes mail to all but one mailbox.</summary>
    public static MailServers Start(bool asksForPassword = false, string? refuses = null) =>
        new(asksForPassword, refuses);

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

        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            using var stream = new MemoryStream(buffer.ToArray());
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
