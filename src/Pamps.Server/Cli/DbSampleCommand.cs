using System.CommandLine;
using System.Globalization;
using Pamps.Operations.Samples;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db sample --users N --posts N [--seed S] [--until DATE]</c>: for demonstrations, tests and measurements.</summary>
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
        var until = new Option<string?>("--until")
        {
            Description =
                "When it ends, such as 2026-11-01, for the same rows on another day; now when left out",
        };
        var noSearch = new Option<bool>("--no-search")
        {
            Description =
                "Leave out the words by which posts are found; 'pamps db index --all' makes up for it",
        };
        var command = new Command("sample", "Fill an empty database with a believable community")
        {
            users,
            posts,
            seed,
            until,
            noSearch,
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
                        )
                        {
                            Until = ReadEnd(
                                parse.GetValue(until),
                                services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime
                            ),
                        };
                        var fill = services.GetRequiredService<FillSample>();
                        return await RunAsync(fill, size, withSearch: !parse.GetValue(noSearch), ct);
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static DateTime ReadEnd(string? date, DateTime now)
    {
        if (date is null)
        {
            return new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Utc);
        }
        return
            DateTime.TryParseExact(
                date,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var end
            )
            && end >= SampleSize.EarliestUntil
            && end <= now
            ? end
            : throw new UserErrorException(
                $"--until is '{date}'; it must be a day from {SampleSize.EarliestUntil:yyyy-MM-dd} to today, such as 2026-11-01."
            );
    }

    private static async Task<int> RunAsync(
        FillSample fill,
        SampleSize size,
        bool withSearch,
        CancellationToken ct
    )
    {
        var summary = await ProgressBars.ShowAsync(async bars =>
            (await fill.RunAsync(size, bars, ct, withSearch)).OrFail()
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Users:N0} users, {summary.Posts:N0} posts ({summary.Replies:N0} of them replies), {summary.Likes:N0} likes, {summary.Follows:N0} follows. Everybody's password is {FillSample.Password}"
            )
        );
        return 0;
    }
}
