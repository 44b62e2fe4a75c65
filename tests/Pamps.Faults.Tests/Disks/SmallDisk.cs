using Pamps.Faults.Tests.Host;

namespace Pamps.Faults.Tests.Disks;

/// <summary>A disk of a few megabytes. Only root may mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    public static async Task<SmallDisk> MountAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        // Of many rounds each leaves what was written.
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size.Of(24, 200)}m", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Leaves not a byte.</summary>
    public async Task FillAsync()
    {
        var block = new byte[4096];
        await using var file = new FileStream(
            Ballast,
            FileMode.Append,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        try
        {
            while (true)
            {
                await file.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>As of a medium that nobody can write; undone with false.</summary>
    public Task TurnReadOnlyAsync(bool readOnly = true) =>
        Shell.RunAsync("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Folder);

    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => await Shell.RunAsync("umount", "--lazy", Folder);
}
