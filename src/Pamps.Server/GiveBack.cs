using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pamps.Server;

/// <summary>
/// Gives back, once a server has started, what only the start needed, which is most of the memory of one that has nothing to do: garbage, and of a
/// native file the pages that only the start has read. The pages stay in the system's cache as long as there is room, and what is needed
/// again comes from there.
/// </summary>
/// <remarks>
/// .NET writes the types of a native file out of a packed form into memory of their own as it starts, so the packed form is of no more use.
/// Only mappings that nobody has written to are given back (madvise(2), MADV_DONTNEED).
/// </remarks>
internal sealed partial class GiveBack(IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int DontNeed = 4;

    /// <summary>Until then what runs once soon after the start, such as the first jobs, has run, and the first requests are answered.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registered = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(AfterStart, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        // With a JIT, code is not in files.
        if (OperatingSystem.IsLinux() && !RuntimeFeature.IsDynamicCodeSupported)
        {
            GiveBackPages();
        }
    }

    private static void GiveBackPages()
    {
        try
        {
            foreach (var (address, length) in Find(File.ReadLines("/proc/self/smaps")))
            {
                // What cannot be given back stays.
                _ = Advise(address, length, DontNeed);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A system that does not say what is in memory.
        }
    }

    /// <summary>The mappings of files that are read and run, and of which this process has written no page.</summary>
    /// <param name="lines">What proc(5) calls smaps: a line of each mapping, and what it is made of below.</param>
    internal static IEnumerable<(nint Address, nint Length)> Find(IEnumerable<string> lines)
    {
        (nint Address, nint Length)? found = null;
        foreach (var line in lines)
        {
            if (
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                is not [var first, var second, ..] words
            )
            {
                continue;
            }
            if (!first.EndsWith(':'))
            {
                found =
                    second is "r--p" or "r-xp" && words.Length > 5 && words[5].StartsWith('/')
                        ? Range(first)
                        : null;
            }
            // The last of the lines that matter; each mapping has it.
            else if (found is { } mapping && first == "Anonymous:" && second == "0")
            {
                yield return mapping;
            }
        }
    }

    private static (nint, nint) Range(string range)
    {
        var middle = range.IndexOf('-', StringComparison.Ordinal);
        var begin = nint.Parse(range.AsSpan(0, middle), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var end = nint.Parse(range.AsSpan(middle + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (begin, end - begin);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);
}
