using System.Net.Sockets;
using System.Runtime;
using System.Text;

/// <summary>
/// Loaded into a measured process by <c>DOTNET_STARTUP_HOOKS</c>, so that neither Pamps nor the floor has anything built in
/// for it: answers on a socket with what the process has allocated since it began, and how often it has collected, and
/// how many methods it has compiled, again those that it compiled before.
/// </summary>
/// <remarks>.NET looks for exactly this name, outside every namespace.</remarks>
#pragma warning disable CA1050
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("BENCH_PROBE") is { Length: > 0 } path)
        {
            new Thread(() => Answer(path)) { IsBackground = true, Name = "probe" }.Start();
        }
    }

    private static void Answer(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        while (true)
        {
            using var caller = listener.Accept();
            var line = FormattableString.Invariant(
                $"{GC.GetTotalAllocatedBytes()} {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)} {JitInfo.GetCompiledMethodCount()}\n"
            );
            caller.Send(Encoding.ASCII.GetBytes(line));
        }
    }
}
