using System.Runtime.InteropServices;

namespace Pamps.Auth;

/// <summary>
/// Runs long computations so that whoever needs a processor for a moment does not wait for them: each on a thread of its
/// own, which gives way.
/// </summary>
internal static partial class QuietThread
{
    /// <summary>Where all want the same processor, about a tenth of what a thread gets otherwise.</summary>
    private const int Niceness = 10;

    /// <summary>setpriority(2)'s word for what the third argument is, and for oneself; on Linux that is the thread.</summary>
    private const int PrioProcess = 0,
        Self = 0;

    /// <summary>Computes it. The caller bounds how many run at once.</summary>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            GiveWay();
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = "Password hash",
        };
        thread.UnsafeStart();
        return done.Task;
    }

    private static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // .NET leaves a thread's priority alone on Linux.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        try
        {
            _ = SetPriority(PrioProcess, Self, Niceness);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without it hashes all the same.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}
