using System.Diagnostics;
using System.Globalization;
using Pamps.Faults.Tests.Host;

namespace Pamps.Faults.Tests.Disks;

/// <summary>Makes a running process's calls of the system fail, by strace.</summary>
internal sealed class Tracer : IAsyncDisposable
{
    private readonly Process strace;

    private Tracer(Process strace) => this.strace = strace;

    /// <summary>From now on the disk says that it could not keep what was written.</summary>
    public static async Task<Tracer> FailFsyncAsync(int process)
    {
        string[] arguments =
        [
            "-f",
            "-qq",
            "-p",
            process.ToString(CultureInfo.InvariantCulture),
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO",
        ];
        var tracer = new Tracer(Process.Start(new ProcessStartInfo("strace", arguments))!);
        var status = $"/proc/{process}/status";
        while (File.ReadLines(status).Contains("TracerPid:\t0"))
        {
            Assert.False(tracer.strace.HasExited, "strace did not attach");
            await Task.Delay(10);
        }
        return tracer;
    }

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("kill", "-INT", strace.Id.ToString(CultureInfo.InvariantCulture));
        await strace.WaitForExitAsync();
        strace.Dispose();
    }
}
