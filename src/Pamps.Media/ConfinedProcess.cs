using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Pamps.Media;

/// <summary>
/// Runs a program that reads what strangers sent: with arguments that no shell sees, without the environment of this process, which
/// holds secrets, in a folder of its own, and with an end to its memory, time and files where the system knows one.
/// </summary>
internal static partial class ConfinedProcess
{
    private const ulong MostMemory = 1024 * 1024 * 1024;
    private const ulong MostSeconds = 240;

    /// <summary>Within which it ends by itself when these are over, before it is killed.</summary>
    private const ulong SecondsToEnd = 5;

    private const ulong MostFiles = 64;

    /// <summary>The most bytes of a file that it writes.</summary>
    public const int LargestFile = 80 * 1024 * 1024;

    /// <summary>The most that is kept of what it says.</summary>
    private const int MostOutput = 65_536;

    /// <summary>How it ended.</summary>
    /// <param name="Code">0 when all is well.</param>
    /// <param name="Output">What it answered.</param>
    /// <param name="Complaints">What it said of its trouble.</param>
    public readonly record struct Ended(int Code, byte[] Output, string Complaints)
    {
        /// <summary>
        /// Whether the machine is to blame, and not what it read: the disk is full, memory was short for all (SIGKILL, as .NET counts
        /// signals), or the system ends it with the server (255).
        /// </summary>
        public bool WasHindered =>
            (Code is 255 or 128 + 9 && !RanOut)
            || (Code != 0 && Complaints.Contains("No space left", StringComparison.Ordinal));

        /// <summary>
        /// Whether it had used up its time of a processor (SIGXCPU): ffmpeg ends by itself then, with 255 as for any signal, and says which.
        /// </summary>
        public bool RanOut =>
            Code == 128 + 24
            || (Code == 255 && Complaints.Contains("received signal 24", StringComparison.Ordinal));
    }

    /// <summary>Runs it to its end; whoever gives up ends it, and all that it started.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<Ended> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        CancellationToken ct
    )
    {
        ct.ThrowIfCancellationRequested();
        using var process = Start(program, arguments, folder);
        // What reads from it ends with it.
        await using var stopping = ct.Register(() => process.Kill(entireProcessTree: true));
        try
        {
            Confine(process);
            process.StandardInput.Close();
            var complaints = ReadAsync(process.StandardError.BaseStream);
            var output = await ReadAsync(process.StandardOutput.BaseStream);
            var said = Encoding.UTF8.GetString(await complaints);
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            return new Ended(process.ExitCode, output, said);
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>
    /// The same for what says little (64 kB, without its complaints) and is soon over, on threads of its own: it ends even while all threads that
    /// requests share wait for it.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    /// <exception cref="TimeoutException">It took too long, and was ended.</exception>
    public static (int Code, byte[] Output) Run(
        string program,
        IEnumerable<string> arguments,
        string folder,
        TimeSpan longest
    )
    {
        using var process = Start(program, arguments, folder);
        var isLate = false;
        var clock = new Thread(() =>
        {
            isLate = !process.WaitForExit(longest);
            // What reads from it ends with it.
            End(process);
        })
        {
            IsBackground = true,
        };
        clock.UnsafeStart();
        try
        {
            Confine(process);
            process.StandardInput.Close();
            var output = new byte[MostOutput];
            var length = process.StandardOutput.BaseStream.ReadAtLeast(
                output,
                MostOutput,
                throwOnEndOfStream: false
            );
            clock.Join();
            return isLate
                ? throw new TimeoutException($"{program} did not answer in time.")
                : (process.ExitCode, output[..length]);
        }
        finally
        {
            // The clock looks at the process until it has ended.
            End(process);
            clock.Join();
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["LANG"] = "C";
        start.Environment["HOME"] = start.Environment["TMPDIR"] = folder;
        return Process.Start(start)!;
    }

    /// <summary>Reads all, and keeps the beginning.</summary>
    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        while (await stream.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
        {
            kept.Write(buffer, 0, (int)Math.Min(read, MostOutput - kept.Length));
        }
        return kept.ToArray();
    }

    /// <summary>Right after it has begun: what it read until then is its own libraries.</summary>
    private static void Confine(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
            if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
            {
                var id = process.Id;
                Set(id, Resource.Memory, MostMemory);
                Set(id, Resource.ProcessorSeconds, MostSeconds, MostSeconds + SecondsToEnd);
                Set(id, Resource.FileSize, LargestFile);
                Set(id, Resource.Files, MostFiles);
                Set(id, Resource.Core, 0);
            }
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or System.ComponentModel.Win32Exception
                        or DllNotFoundException
                        or EntryPointNotFoundException
            )
        {
            // It has ended already, or the system lets nobody do that: the clock ends it all the same.
        }
    }

    private static void Set(int process, Resource resource, ulong most) => Set(process, resource, most, most);

    private static void Set(int process, Resource resource, ulong soft, ulong hard)
    {
        var limit = new Limit { Soft = soft, Hard = hard };
        _ = SetLimit(process, resource, in limit, 0);
    }

    /// <summary>The numbers of Linux, which are the same on x64 and arm64.</summary>
    private enum Resource
    {
        ProcessorSeconds = 0,
        FileSize = 1,
        Core = 4,
        Files = 7,
        Memory = 9,
    }

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int process, Resource resource, in Limit limit, nint before);
}
