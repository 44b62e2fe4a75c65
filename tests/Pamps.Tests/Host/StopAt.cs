using Pamps.Operations;
using Pamps.Operations.Maintenance;

namespace Pamps.Tests.Host;

/// <summary>Stops long work as soon as it says that it has done so many of a step.</summary>
internal sealed class StopAt(string step, CancellationTokenSource stop, long done = 0)
    : IProgress<WorkProgress>
{
    public void Report(WorkProgress value)
    {
        if (value.Step == step && value.Done >= done)
        {
            stop.Cancel();
        }
    }
}
