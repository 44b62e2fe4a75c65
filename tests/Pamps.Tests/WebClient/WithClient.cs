using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Pages;
using Pamps.Pages.Files;
using Pamps.Pages.Routing;
using Pamps.Tests.Host;

namespace Pamps.Tests.WebClient;

/// <summary>Servers with a client of a few files, so that it does not matter what this build was made with.</summary>
internal static class WithClient
{
    public const string Script = "/assets/main-1a2b3c4d.js";
    public const string InlineScript = "\ndocument.documentElement.dataset.theme = 'dark'\n";
    public static readonly byte[] Compressed = [1, 2, 3];
    public static readonly byte[] Zipped = [4, 5, 6, 7];

    private static readonly ConcurrentDictionary<Database, Lazy<Task<PampsServer>>> Shared = new();

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["/index.html"] = Encoding.UTF8.GetBytes(
            $$"""
            <!doctype html>
            <html lang="en">
              <head>
                <title>To be replaced</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <!--pamps-head-->
                <script>{{InlineScript}}</script>
                <!--pamps-preload {"en":["/assets/en-1.js"],"pt-BR":["/assets/pt-2.js"],"PostPage":["/assets/post-3.js","/assets/text-4.js"]}-->
                <script type="module" src="/assets/main-1a2b3c4d.js"></script>
                <link rel="stylesheet" crossorigin href="/assets/main-5e6f7a8b.css">
              </head>
              <body>
                <div id="app"><!--pamps-frame--></div>
                <!--pamps-initial-->
              </body>
            </html>
            """
        ),
        ["/index.html.br"] = [0],
        [Script] = "console.log('ready');"u8.ToArray(),
        [Script + ".br"] = Compressed,
        [Script + ".gz"] = Zipped,
        ["/favicon.svg"] = "<svg/>"u8.ToArray(),
        ["/site.webmanifest"] =
            """{"name":"Pamps","scope":"/","icons":[{"src":"/favicon.svg"},{"src":"/icon-512.png"}]}"""u8.ToArray(),
        ["/.secret"] = "not to be reached by /x/../.secret"u8.ToArray(),
    };

    public static Task<PampsServer> ShareAsync(Database database) =>
        Shared.GetOrAdd(database, x => new Lazy<Task<PampsServer>>(() => StartAsync(x))).Value;

    public static Task<PampsServer> StartAsync(
        Database database,
        Action<Core.PampsOptions>? change = null,
        bool hasClient = true
    ) =>
        PampsServer.StartAsync(database, change, services: x =>
            x.AddSingleton(y =>
                WebClientFiles.Of(
                    hasClient ? Files : new Dictionary<string, byte[]>(),
                    y.GetRequiredService<Core.PampsOptions>().Site,
                    y.GetService<Core.Media.LogoIcons>(),
                    y.GetRequiredService<Http.SiteLinks>().PictureSources
                )
            )
        );

    /// <summary>Goes to an address as a browser does.</summary>
    public static Task<Answer> VisitAsync(
        this Client client,
        string path,
        params (string, string)[] headers
    ) => client.GetAsync(path, [.. headers, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")]);
}
