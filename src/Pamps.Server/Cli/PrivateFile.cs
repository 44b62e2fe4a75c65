using Pamps.Core;
using Pamps.Operations;
using Pamps.Operations.Maintenance;

namespace Pamps.Server.Cli;

/// <summary>A file of people's data, as commands write it.</summary>
internal static class PrivateFile
{
    /// <summary>Whether a name stands for standard output.</summary>
    public static bool IsPipe(string file) => file == "-";

    /// <summary>Writes a file with progress bars, for its owner only; who finds it finds it whole.</summary>
    /// <param name="file">The file; - for standard output.</param>
    /// <param name="force">Whether to replace one that is there.</param>
    /// <param name="writeAsync">Writes it, and answers with what to tell.</param>
    public static async Task<T> WriteAsync<T>(
        string file,
        bool force,
        Func<Stream, IProgress<WorkProgress>?, Task<T>> writeAsync
    )
    {
        if (IsPipe(file))
        {
            await using var output = Console.OpenStandardOutput();
            return await writeAsync(output, null);
        }
        var path = Path.GetFullPath(file);
        if (!force && Path.Exists(path))
        {
            throw new UserErrorException($"{path} exists. Name another file, or replace it with --force.");
        }
        // Under another name until it is whole and on the disk.
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            T written;
            await using (var output = new FileStream(partial, Options(FileMode.CreateNew)))
            {
                written = await ProgressBars.ShowAsync(bars => writeAsync(output, bars));
                output.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: force);
            return written;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Says what was written, and where; beside the pipe, where it is one.</summary>
    public static void Say(string file, string done)
    {
        if (IsPipe(file))
        {
            Console.Error.WriteLine($"{done}.");
        }
        else
        {
            Console.WriteLine($"{done}, in {Path.GetFullPath(file)}.");
        }
    }

    /// <summary>How a file is opened to be written, which its owner alone may read when it is made.</summary>
    public static FileStreamOptions Options(FileMode mode) =>
        OwnerOnly.Of(new FileStreamOptions { Mode = mode, Access = FileAccess.Write });
}
