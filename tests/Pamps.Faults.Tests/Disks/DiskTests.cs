using System.Globalization;
using System.Net;
using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Disks;

/// <summary>The disk under SQLite is full, read-only, broken or tells that it could not write.</summary>
public sealed class DiskTests
{
    [Fact, Trait("Needs", "root")]
    public async Task A_full_disk_refuses_writes_and_loses_nothing_that_was_acknowledged()
    {
        var workplace = new Workplace();
        await using var disk = await SmallDisk.MountAsync(Path.Combine(workplace.Folder, "data"));
        await using var pamps = await RunningServer.StartAsync(workplace);
        using var crowd = await Crowd.RegisterAsync(pamps.Address, size: 8);
        for (var round = 0; round < Size.Of(1, 10); round++)
        {
            await EndureAsync(pamps, crowd, "full disk", disk.FillAsync, () => Task.Run(disk.Empty));
        }
    }

    [Fact, Trait("Needs", "root")]
    public async Task A_full_disk_is_noticed_before_anybody_writes()
    {
        var workplace = new Workplace();
        await using var disk = await SmallDisk.MountAsync(Path.Combine(workplace.Folder, "data"));
        await using var pamps = await RunningServer.StartAsync(workplace);
        using var anyone = pamps.Anonymous();
        await disk.FillAsync();
        (await anyone.GetAsync("/health/ready")).IsUnavailable();
        disk.Empty();
        await Healing.UntilAsync(HttpStatusCode.OK, () => anyone.GetAsync("/health/ready"));
    }

    [Fact, Trait("Needs", "root")]
    public async Task A_file_that_turns_read_only_refuses_writes_until_it_may_be_written_again()
    {
        var workplace = new Workplace();
        await using var pamps = await RunningServer.StartAsync(workplace);
        using var crowd = await Crowd.RegisterAsync(pamps.Address, size: 8);
        // Root may write what has no permission, but not what is immutable.
        string[] files =
        [
            .. new[] { "pamps.db", "pamps.db-wal" }.Select(x => Path.Combine(workplace.DataFolder, x)),
        ];
        try
        {
            await EndureAsync(
                pamps,
                crowd,
                "read-only file",
                () => Shell.RunAsync("chattr", ["+i", .. files]),
                () => Shell.RunAsync("chattr", ["-i", .. files])
            );
        }
        finally
        {
            await Shell.RunAsync("chattr", ["-i", .. files]);
        }
    }

    [Fact, Trait("Needs", "root")]
    public async Task A_file_that_is_read_only_from_the_start_is_read_and_written_once_it_may_be()
    {
        var workplace = new Workplace();
        (
            await workplace.RunAsync("create-user", "ana@example.org", "ana", Client.DefaultPassword)
        ).Succeeded();
        var file = Path.Combine(workplace.DataFolder, "pamps.db");
        await Shell.RunAsync("chattr", "+i", file);
        try
        {
            await using var pamps = await RunningServer.StartAsync(workplace);
            await IsOnlyReadAsync(pamps);
            await Shell.RunAsync("chattr", "-i", file);
            await HealsAsync(pamps);
        }
        finally
        {
            await Shell.RunAsync("chattr", "-i", file);
        }
    }

    [Fact, Trait("Needs", "root")]
    public async Task A_medium_that_is_read_only_is_read_by_the_server_and_by_commands()
    {
        var workplace = new Workplace();
        await using var disk = await SmallDisk.MountAsync(Path.Combine(workplace.Folder, "data"));
        (
            await workplace.RunAsync("create-user", "ana@example.org", "ana", Client.DefaultPassword)
        ).Succeeded();
        // Nobody can sign in there, so no key is needed.
        File.Delete(Path.Combine(workplace.DataFolder, "secret.key"));
        await disk.TurnReadOnlyAsync();

        workplace.With("PAMPS_DB__READ_ONLY", "true");
        Assert.Equal(["ana"], await workplace.UsernamesAsync());
        (await workplace.RunAsync("backup", "ana.pamps")).Succeeded();
        await using (var reading = await RunningServer.StartAsync(workplace))
        {
            using var anyone = reading.Anonymous();
            Assert.Equal("read-only", (string)(await anyone.GetAsync("/health/ready"))["status"]!);
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/user/ana/")).Status);
        }

        workplace.With("PAMPS_DB__READ_ONLY", "false");
        workplace.With("PAMPS_SECURITY__SECRET_KEY", new string('k', 64));
        await using var pamps = await RunningServer.StartAsync(workplace);
        await IsOnlyReadAsync(pamps);
        await disk.TurnReadOnlyAsync(false);
        await HealsAsync(pamps);
    }

    private static async Task IsOnlyReadAsync(RunningServer pamps)
    {
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/health/ready")).IsUnavailable();
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/user/ana/")).Status);
        Assert.Contains(
            "The database cannot be written, so every write answers 503 until it can",
            pamps.Process.Errors,
            StringComparison.Ordinal
        );
    }

    private static async Task HealsAsync(RunningServer pamps)
    {
        using var anyone = pamps.Anonymous();
        var healed = await Healing.UntilAsync(HttpStatusCode.OK, () => anyone.GetAsync("/health/ready"));
        using var beto = await pamps.RegisterAsync("beto");
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/user/beto/")).Status);
        Report.Say(string.Create(CultureInfo.InvariantCulture, $"ready after {Report.Seconds(healed)}"));
    }

    [Fact, Trait("Needs", "root")]
    public async Task What_the_disk_did_not_keep_is_not_acknowledged()
    {
        await using var pamps = await RunningServer.StartAsync(new Workplace());
        using var crowd = await Crowd.RegisterAsync(pamps.Address, size: 8);
        Tracer? tracer = null;
        await EndureAsync(
            pamps,
            crowd,
            "failing fsync",
            async () => tracer = await Tracer.FailFsyncAsync(pamps.Process.Id),
            async () => await tracer!.DisposeAsync()
        );
    }

    /// <summary>Lets people write while the cause lasts, and checks what they saw before, during and after it.</summary>
    private static async Task EndureAsync(
        RunningServer pamps,
        Crowd crowd,
        string cause,
        Func<Task> begin,
        Func<Task> end
    )
    {
        using var anyone = pamps.Anonymous();
        var ana = crowd.People[0].Client;
        using var stop = new CancellationTokenSource();
        var writing = crowd.WriteAsync(stop.Token);
        await crowd.HasWrittenAsync(200, writing);
        var logged = pamps.Log.Count;
        await begin();
        // What is in the log already may still be overwritten.
        await Healing.UntilAsync(HttpStatusCode.ServiceUnavailable, () =>
            ana.PostAsync("/post/", new { text = new string('x', 500) })
        );
        (await anyone.GetAsync("/health/ready")).IsUnavailable();
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/live")).Status);
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/post/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/user/timeline/")).Status);
        Assert.False(pamps.Process.HasEnded);

        await stop.CancelAsync();
        await writing;
        await end();
        var healed = await Healing.UntilAsync(HttpStatusCode.OK, () => anyone.GetAsync("/health/ready"));
        await ana.UntilWellAsync();
        Report.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{cause}: ready again after {Report.Seconds(healed)}; {pamps.Log.Count - logged} lines of log"
            )
        );
        await crowd.CheckAsync(others: ["well again", new string('x', 500)]);
        await pamps.AssertConsistentAsync();
        Assert.InRange(pamps.Log.Count - logged, 0, 10 * Size.Of(1, 10));
    }
}
