using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Cards;
using Pamps.Core.Jobs;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Outgoing;

namespace Pamps.Tests.Cards;

/// <summary>Servers that ask the pages of <see cref="ForeignServer"/>.</summary>
internal static class CardServer
{
    /// <summary>One that asks by itself, as soon as there is something to ask.</summary>
    public static Task<PampsServer> StartAsync(Database database) => PampsServer.StartAsync(database, Allow);

    /// <summary>One whose clock the test has, and which asks when the test says so.</summary>
    public static Task<PampsServer> StartAsync(
        Database database,
        FakeTime time,
        Action<PampsOptions>? change = null
    ) =>
        PampsServer.StartAsync(
            database,
            x =>
            {
                Allow(x);
                change?.Invoke(x);
            },
            services: x =>
            {
                TestJobs.Without(x);
                time.Use(x);
            }
        );

    /// <summary>Asks all that wait to be asked.</summary>
    public static Task FetchAsync(this PampsServer pamps)
    {
        var fetch = pamps.Services.GetRequiredService<FetchCards>();
        return fetch.RunAsync(
            new JobRun(1, fetch.Kind, null, null, 1),
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>A page of that title.</summary>
    public static string Html(string title, string head = "") =>
        $"<!doctype html><html><head><meta charset=\"utf-8\"><title>{title}</title>{head}</head><body><p>…</p></body></html>";

    private static void Allow(PampsOptions options)
    {
        options.Outgoing.Enabled = true;
        options.Outgoing.Allow = ForeignServer.Network;
    }
}
