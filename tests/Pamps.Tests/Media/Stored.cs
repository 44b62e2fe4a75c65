using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Media;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Media;

/// <summary>What is in the folder and in the tables.</summary>
internal static class Stored
{
    /// <summary>A picture whose bytes no other test has.</summary>
    public static byte[] Unlike()
    {
        var colours = Guid.NewGuid().ToByteArray();
        using var image = NetVips.Image.NewFromMemory(colours[..12], 2, 2, 3, NetVips.Enums.BandFormat.Uchar);
        using var larger = image
            .Copy(interpretation: NetVips.Enums.Interpretation.Srgb)
            .Resize(16, kernel: NetVips.Enums.Kernel.Nearest);
        return larger.PngsaveBuffer();
    }

    /// <summary>Waits until the files of a picture are gone.</summary>
    public static Task GoneAsync(this PampsServer pamps, Answer media) =>
        TestJobs.UntilAsync(async () =>
            await pamps.FileStatusAsync((string)media["url"]!) == HttpStatusCode.NotFound
            && await pamps.FileStatusAsync((string)media["preview_url"]!) == HttpStatusCode.NotFound
        );

    public static string NameOf(Answer media, string field = "url") => ((string)media[field]!).Split('/')[^1];

    public static string PathOf(this PampsServer pamps, string name) =>
        Path.Combine(pamps.Options.DataFolder, "media", name[..2], name);

    public static T Get<T>(this PampsServer pamps)
        where T : notnull => pamps.Services.GetRequiredService<T>();

    /// <summary>Checks what is counted, and that no picture is without its file.</summary>
    public static async Task CountsAsync(this PampsServer pamps)
    {
        var ct = TestContext.Current.CancellationToken;
        var findings = await pamps.Get<Verify>().RunAsync(repair: false, progress: null, ct);
        Assert.All(findings.Where(x => x.Name.Contains("picture", StringComparison.Ordinal)), x =>
            Assert.Equal(0, x.Broken)
        );
        var store = pamps.Get<IMediaStore>();
        foreach (var name in await NamesAsync(pamps))
        {
            Assert.True(await store.HasAsync(name, ct), name);
        }
    }

    private static async Task<List<string>> NamesAsync(PampsServer pamps)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await pamps.Get<Core.Databases.IDatabase>().OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT file FROM media UNION SELECT preview FROM media UNION SELECT picture FROM card WHERE picture IS NOT NULL";
        await using var rows = await command.ExecuteReaderAsync(ct);
        var names = new List<string>();
        while (await rows.ReadAsync(ct))
        {
            names.Add(rows.GetString(0));
        }
        return names;
    }
}
