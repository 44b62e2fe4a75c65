using Pamps.Core.Jobs;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>Removes a private file that no row names any more.</summary>
internal sealed class DropPrivateFile(IPrivateFiles files) : IJobHandler
{
    private const string Name = "drop-private-file";

    public string Kind => Name;

    /// <summary>Has it done after the commit.</summary>
    public static void Ask(Write write, string? file)
    {
        if (file is not null)
        {
            write.Enqueue(new Job(Name, Key: file));
        }
    }

    public Task RunAsync(JobRun run, CancellationToken ct) => files.RemovePrivateAsync(run.Key!, ct);
}
