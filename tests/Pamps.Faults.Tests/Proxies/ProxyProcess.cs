using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>A proxy of the system's, running.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly Process process;

    private ProxyProcess(Process process) => this.process = process;

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<ProxyProcess> StartAsync(int port, params string[] command)
    {
        var start = new ProcessStartInfo("env", command);
        start.Environment["PATH"] += ":/usr/sbin";
        var proxy = new ProxyProcess(Process.Start(start)!);
        try
        {
            await proxy.ListensAsync(port, command[0]);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task ListensAsync(int port, string name)
    {
        using var anyone = new TcpClient();
        while (!anyone.Connected)
        {
            Assert.False(process.HasExited, $"{name} did not start");
            try
            {
                await anyone.ConnectAsync(IPAddress.Loopback, port);
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
    }
}
