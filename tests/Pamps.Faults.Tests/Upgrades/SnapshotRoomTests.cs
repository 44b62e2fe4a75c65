using Pamps.Faults.Tests.Disks;
using Pamps.Tests.CommandLine;

namespace Pamps.Faults.Tests.Upgrades;

/// <summary>An upgrade of SQLite wants room for a snapshot.</summary>
public sealed class SnapshotRoomTests
{
    [Fact, Trait("Needs", "root")]
    public async Task Without_room_for_a_snapshot_nothing_is_upgraded_until_somebody_does_without()
    {
        var workplace = new Workplace();
        await using var disk = await SmallDisk.MountAsync(Path.Combine(workplace.Folder, "data"));
        (await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();
        (await workplace.RunAsync("db", "downgrade", "Social", "--force")).Succeeded();
        var before = (await workplace.RunAsync("db", "status")).Output;
        await File.WriteAllBytesAsync(
            Path.Combine(disk.Folder, "ballast"),
            new byte[20 * 1024 * 1024],
            TestContext.Current.CancellationToken
        );

        foreach (var command in new[] { new[] { "db", "upgrade" }, ["serve", "--port", "0"], ["user-list"] })
        {
            var line = (await workplace.RunAsync(command)).Refused();
            Assert.Contains("There is no room for a snapshot", line, StringComparison.Ordinal);
            Assert.Contains("--no-snapshot", line, StringComparison.Ordinal);
        }
        Assert.Contains(
            "There is no room for a snapshot",
            (await workplace.RunAsync("db", "upgrade", "--dry-run")).Refused(),
            StringComparison.Ordinal
        );

        Assert.Equal(before, (await workplace.RunAsync("db", "status")).Output);
        Assert.Empty(Directory.GetFiles(disk.Folder, "*snapshot*"));
        (await workplace.RunAsync("db", "upgrade", "--no-snapshot")).Succeeded();
        Assert.Equal(["ana"], await workplace.UsernamesAsync());
    }
}
