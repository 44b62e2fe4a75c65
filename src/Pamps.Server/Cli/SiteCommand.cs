using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Site;

namespace Pamps.Server.Cli;

/// <summary><c>pamps site …</c>: rules, about, privacy, contact and the announcement.</summary>
internal static class SiteCommand
{
    public static Command Create() =>
        new(
            "site",
            "Read and write what the site says of itself: its rules, what it is, what everybody is told"
        )
        {
            Show(),
            Write(),
            Remove(),
        };

    private static Command Show()
    {
        var command = new Command("show", "Print all texts");
        command.SetAction(
            (_, ct) =>
                RunAsync(
                    async services =>
                    {
                        var texts = (
                            await services.GetRequiredService<ReadSite>().TextsAsync(Viewer.Operator, ct)
                        ).OrFail();
                        foreach (var x in texts)
                        {
                            var end = x.EndsAt is { } at ? $", until {Listing.Text(at)}" : "";
                            Console.WriteLine($"# {x.Key} ({x.Locale}{end})\n{x.Body}\n");
                        }
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Write()
    {
        var (key, locale) = (Key(), Locale());
        var file = new Argument<FileInfo?>("FILE")
        {
            Description =
                "A file with the text, Markdown; rules are its lines. Without one, what is piped in",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var ends = new Option<DateTime?>("--ends")
        {
            Description = "When an announcement is shown no more, UTC, such as 2026-12-24T18:00",
        };
        var command = new Command("write", "Write a text in a language, in place of the one there is")
        {
            key,
            file,
            locale,
            ends,
        };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var body = parse.GetValue(file) is { } named
                            ? await File.ReadAllTextAsync(named.FullName, ct)
                            : await Console.In.ReadToEndAsync(ct);
                        DateTime? at = parse.GetValue(ends) is { } given
                            ? DateTime.SpecifyKind(given, DateTimeKind.Utc)
                            : null;
                        var written = (
                            await services
                                .GetRequiredService<EditSite>()
                                .RunAsync(
                                    Viewer.Operator,
                                    parse.GetRequiredValue(key),
                                    parse.GetRequiredValue(locale),
                                    body,
                                    at,
                                    ct
                                )
                        ).OrFail();
                        Console.WriteLine($"{written.Key} is written in {written.Locale}");
                    },
                    ct
                )
        );
        return command;
    }

    private static Command Remove()
    {
        var (key, locale) = (Key(), Locale());
        var command = new Command("remove", "Take a text away in a language") { key, locale };
        command.SetAction(
            (parse, ct) =>
                RunAsync(
                    async services =>
                    {
                        var (which, language) = (parse.GetRequiredValue(key), parse.GetRequiredValue(locale));
                        (
                            await services
                                .GetRequiredService<EditSite>()
                                .UndoAsync(Viewer.Operator, which, language, ct)
                        ).OrFail();
                        Console.WriteLine($"{which} is gone in {language}");
                    },
                    ct
                )
        );
        return command;
    }

    private static Argument<string> Key() => new("TEXT") { Description = string.Join(", ", SiteTexts.Keys) };

    private static Option<string> Locale() =>
        new("--locale") { Description = "In which language (en)", DefaultValueFactory = _ => "en" };

    private static Task<int> RunAsync(Func<IServiceProvider, Task> runAsync, CancellationToken ct) =>
        PampsCommand.RunAsync(
            async services =>
            {
                await runAsync(services);
                return 0;
            },
            needsSchema: true,
            ct
        );
}
