using System.Diagnostics;

namespace Pamps.Faults.Tests.Host;

/// <summary>Runs the system's own programs.</summary>
internal static class Shell
{
    public static bool IsRoot { get; } = Environment.IsPrivilegedProcess;

    /// <summary>Runs a program to its end, which must be a success, and answers with what it said.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // What it leaves running must hold no pipe of ours, or we would read for ever: so its output goes to a file.
        var said = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                "sh",
                ["-c", "cd / && \"$@\" </dev/null >\"$0\" 2>&1", said, program, .. arguments]
            );
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            var output = await File.ReadAllTextAsync(said);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}");
            return output;
        }
        finally
        {
            File.Delete(said);
        }
    }
}
