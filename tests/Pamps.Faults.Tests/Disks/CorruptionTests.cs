using System.Net;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;

namespace Pamps.Faults.Tests.Disks;

/// <summary>The database's file is not what it was.</summary>
public sealed class CorruptionTests
{
    [Fact]
    public async Task A_file_that_is_no_database_is_refused_at_start_in_one_line()
    {
        var workplace = new Workplace();
        await using (var pamps = await RunningServer.StartAsync(workplace))
        {
            await pamps.StopAsync();
        }
        await ScribbleAsync(workplace, from: 0);
        var line = (await workplace.RunAsync("serve", "--port", "0")).Refused();
        Assert.Contains("pamps.db", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_that_are_overwritten_while_the_server_runs_answer_503()
    {
        var workplace = new Workplace();
        await using var pamps = await RunningServer.StartAsync(workplace);
        using (var ana = await pamps.RegisterAsync("ana"))
        {
            await ana.WriteAsync("before");
        }
        // Nothing is left in the log or in memory: the next reads go to the file.
        await pamps.StopAsync();
        await pamps.StartAgainAsync();
        await ScribbleAsync(workplace, from: 4096);

        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/post/")).IsUnavailable();
        (await anyone.GetAsync("/user/ana/")).IsUnavailable();
        (await anyone.PostAsync("/user/", Together.Registration("beto"))).IsUnavailable();
        (await anyone.GetAsync("/health/ready")).IsUnavailable();
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/live")).Status);
        // Two starts, what the security log tells of them, a line for each request, and one for each fault.
        var log = pamps.Log.Where(x => !x.StartsWith("Applied migration", StringComparison.Ordinal)).ToList();
        Assert.True(log.Count <= 20, string.Join('\n', log));
    }

    /// <summary>Overwrites what is in the database's file from some byte on.</summary>
    private static async Task ScribbleAsync(Workplace workplace, int from)
    {
        var path = Path.Combine(workplace.DataFolder, "pamps.db");
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = from;
        var garbage = new byte[file.Length - from];
        new Random(1).NextBytes(garbage);
        await file.WriteAsync(garbage);
    }
}
