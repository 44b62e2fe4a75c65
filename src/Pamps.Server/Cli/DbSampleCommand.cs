using System.CommandLine;
using System.Globalization;
using Pamps.Core.Samples;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db sample --users N --posts N [--seed S]</c>: for demonstrations, tests and measurements.</summary>
internal static class DbSampleCommand
{
    public static Command Create()
    {
        var users = new Option<int>("--users")
        {
            Description = "How many users",
            DefaultValueFactory = _ => 1000,
        };
        var posts = new Option<int>("--posts")
        {
            Description = "How many posts, replies included",
            DefaultValueFactory = _ => 20_000,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Which community of that size",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("sample", "Fill an empty database with a believable community")
        {
            users,
            posts,
            seed,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var size = new SampleSize(
                            parse.GetValue(users),
                            parse.GetValue(posts),
                            parse.GetValue(seed)
                        );
                        return await RunAsync(services.GetRequiredService<FillSample>(), size, ct);
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(FillSample fill, SampleSize size, CancellationToken ct)
    {
        var summary = await Terminal
            .Open()
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async progress => (await fill.RunAsync(size, new Bars(progress), ct)).OrFail());
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Users:N0} users, {summary.Posts:N0} posts ({summary.Replies:N0} of them replies), {summary.Likes:N0} likes, {summary.Follows:N0} follows. Everybody's password is {FillSample.Password}"
            )
        );
        return 0;
    }

    /// <summary>A bar for each step, made when the step begins.</summary>
    private sealed class Bars(ProgressContext progress) : IProgress<SampleProgress>
    {
        private readonly Dictionary<string, ProgressTask> bars = [];

        public void Report(SampleProgress value)
        {
            if (!bars.TryGetValue(value.Step, out var bar))
            {
                bars[value.Step] = bar = progress.AddTask(Markup.Escape(value.Step));
            }
            bar.MaxValue = Math.Max(1, value.Total);
            bar.Value = value.Total == 0 ? 1 : value.Done;
        }
    }
}
