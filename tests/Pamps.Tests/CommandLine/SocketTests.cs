using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class SocketTests
{
    [Fact]
    public async Task A_socket_that_systemd_opened_is_served_whatever_the_port_is_set_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // Unlike the original it is inherited.
        using var socket = new SafeFileHandle(Duplicate((int)listener.Server.Handle), ownsHandle: true);
        var number = socket.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).With("PORT", "0");

        await using var pamps = await PampsProcess.StartByAsync(
            [
                "bash",
                "-c",
                "exec 3<&$0; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\"",
                number,
                .. TestProgram.Command,
            ],
            workplace.Folder,
            workplace.Variables,
            "",
            "serve"
        );

        var address = await pamps.ListensAsync();
        Assert.Equal(listener.LocalEndpoint, IPEndPoint.Parse(address.Authority));
        using var http = new HttpClient();
        using var ready = await http.GetAsync(
            new Uri(address, "/health/ready"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await pamps.SignalAsync("TERM");
        (await pamps.EndAsync()).Succeeded();
    }

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Duplicate(int descriptor);
}
