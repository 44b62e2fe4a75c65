using System.Globalization;
using Pamps.Operations;
using Pamps.Operations.Maintenance;

namespace Pamps.Server.Cli;

/// <summary>A line now and then about the indexing of texts, for who waits at a log.</summary>
internal sealed class IndexLines(Action<string> report, TimeProvider time) : IProgress<WorkProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private long last = time.GetTimestamp();

    public void Report(WorkProgress value)
    {
        if (time.GetElapsedTime(last) < Pause)
        {
            return;
        }
        last = time.GetTimestamp();
        report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Indexing texts of an older version: {value.Done:N0} of {value.Total:N0} {value.Step}"
            )
        );
    }
}
