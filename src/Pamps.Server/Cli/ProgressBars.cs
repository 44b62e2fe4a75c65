using Pamps.Operations;
using Pamps.Operations.Maintenance;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary>A bar for each step of long work, made when the step begins.</summary>
internal sealed class ProgressBars : IProgress<WorkProgress>
{
    private readonly ProgressContext progress;
    private readonly Dictionary<string, ProgressTask> bars = [];

    private ProgressBars(ProgressContext progress) => this.progress = progress;

    /// <summary>Does the work, and shows how far it has come.</summary>
    public static Task<T> ShowAsync<T>(Func<ProgressBars, Task<T>> work) =>
        Terminal
            .Open()
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(progress => work(new ProgressBars(progress)));

    public void Report(WorkProgress value)
    {
        if (!bars.TryGetValue(value.Step, out var bar))
        {
            bars[value.Step] = bar = progress.AddTask(Markup.Escape(value.Step));
        }
        bar.MaxValue = Math.Max(1, value.Total);
        bar.Value = value.Total == 0 ? 1 : value.Done;
    }
}
