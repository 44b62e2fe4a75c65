using System.Net.Sockets;

namespace Pamps.Faults.Tests.Crowds;

internal static class BrokenConnection
{
    /// <summary>
    /// Whether the connection to the server broke, so that what it did is not known. A socket's own exception comes from
    /// HttpClient when the server dies between the connect and HttpClient's look at whom it is connected to.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or ObjectDisposedException;
}
