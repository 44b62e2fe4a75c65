using System.Net;
using System.Net.Sockets;

namespace Pamps.Tests.Host;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>
    /// One that nobody listens on, below those that systems give to connections that go out: otherwise a test under load could take it before
    /// the server that it is for.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }
    }
}
