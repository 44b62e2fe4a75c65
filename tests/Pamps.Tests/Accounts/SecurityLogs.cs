using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>What tests of the security log need of a server.</summary>
internal static class SecurityLogs
{
    public static Task<PampsServer> StartAsync(
        Database database,
        Action<PampsOptions>? change = null,
        Action<IServiceCollection>? services = null
    ) =>
        PampsServer.StartAsync(
            database,
            x =>
            {
                x.Http.TrustedProxies = "127.0.0.1, ::1";
                change?.Invoke(x);
            },
            services: services
        );

    /// <summary>All of it, the oldest first.</summary>
    public static async Task<List<SecurityEventView>> ReadAsync(PampsServer pamps)
    {
        var read = pamps.Services.GetRequiredService<ReadSecurityLog>();
        var all = new List<SecurityEventView>();
        for (PageRequest? next = new(PageRequest.MaxLimit); next is not null; )
        {
            var page = await read.RunAsync(
                Viewer.Operator,
                new(),
                next,
                TestContext.Current.CancellationToken
            );
            all.AddRange(page.Value.Items);
            next = page.Value.Next;
        }
        all.Reverse();
        return all;
    }

    public static Task<Answer> SignInAsync(Client client, string name, string password, string address) =>
        client.SendAsync(
            HttpMethod.Post,
            "/token",
            new FormUrlEncodedContent([new("username", name), new("password", password)]),
            ("X-Forwarded-For", address)
        );
}
