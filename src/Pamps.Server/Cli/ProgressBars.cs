using Pamps.Core.Maintenance;
using Pamps.Core.Samples;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary>A bar for each step of long work, made when the step begins.</summary>
internal sealed class ProgressBars : IProgress<SampleProgress>, IProgress<IndexProgress>
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

    public void Report(SampleProgress value) => Report(value.Step, value.Done, value.Total);

    public void Report(IndexProgress value) => Report(value.Step, value.Done, value.Total);

    private void Report(string step, long done, long total)
    {
        if (!bars.TryGetValue(step, out var bar))
        {
            bars[step] = bar = progress.AddTask(Markup.Escape(step));
        }
        bar.MaxValue = Math.Max(1, total);
        bar.Value = total == 0 ? 1 : done;
    }
}
