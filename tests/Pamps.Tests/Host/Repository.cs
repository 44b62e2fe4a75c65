using System.Diagnostics;

namespace Pamps.Tests.Host;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(PathOf(file));

    /// <summary>The files that are kept, named from the root.</summary>
    public static async Task<IReadOnlyList<string>> FilesAsync()
    {
        var start = new ProcessStartInfo(
            "git",
            ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        )
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var listed = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return
        [
            .. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(x => File.Exists(PathOf(x))),
        ];
    }

    /// <summary>
    /// Checks that a generated page is as committed. With PAMPS_UPDATE_DOCS=1 it is written instead.
    /// </summary>
    public static async Task AssertGeneratedAsync(string file, string generated)
    {
        if (Environment.GetEnvironmentVariable("PAMPS_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            await File.WriteAllTextAsync(PathOf(file), generated);
        }
        Assert.True(File.Exists(PathOf(file)), $"{file} is missing; PAMPS_UPDATE_DOCS=1 writes it.");
        var committed = await ReadAsync(file);
        Assert.True(
            committed == generated,
            $"{file} is not what the program says of itself; PAMPS_UPDATE_DOCS=1 writes it anew."
        );
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pamps.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("There is no source tree around.");
        }
        return folder.FullName;
    }
}
