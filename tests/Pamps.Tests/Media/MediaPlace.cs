using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>A workplace whose commands and whose server in this process have the same folder of pictures.</summary>
internal static class MediaPlace
{
    public static async Task<Workplace> OnAsync(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        return workplace.With("PAMPS_MEDIA__URI", UriOf(workplace.MediaFolder()));
    }

    public static string UriOf(string folder) => new Uri(folder).AbsoluteUri;

    public static string MediaFolder(this Workplace workplace) => Path.Combine(workplace.Folder, "pictures");

    public static Task<PampsServer> ServeWithMediaAsync(
        this Workplace workplace,
        Database database,
        Action<PampsOptions>? change = null,
        Action<IServiceCollection>? services = null
    ) =>
        PampsServer.StartAsync(
            database,
            x =>
            {
                (x.Db.Uri, x.Media.Uri) = (workplace.Uri, UriOf(workplace.MediaFolder()));
                change?.Invoke(x);
            },
            services: services
        );

    public static string FileOf(this Workplace workplace, string name) =>
        Path.Combine(workplace.MediaFolder(), name[..2], name);

    /// <summary>The names of all files that are kept.</summary>
    public static IReadOnlyList<string> Files(this Workplace workplace) =>
        Directory.Exists(workplace.MediaFolder())
            ?
            [
                .. Directory
                    .EnumerateFiles(workplace.MediaFolder(), "*", SearchOption.AllDirectories)
                    .Select(x => Path.GetFileName(x)!)
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Writes over the beginning of a file.</summary>
    public static async Task DamageAsync(this Workplace workplace, string name)
    {
        var path = workplace.FileOf(name);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
    }
}
