using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Operations.Archives;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Transfer;

/// <summary>Archives that somebody changed, who may know how checksums are made.</summary>
public sealed class HostileArchiveTests
{
    [Theory]
    [InlineData("manifest.json", "\"format\": 1", "\"format\": 2", "does not know")]
    [InlineData("manifest.json", "pamps-account", "pamps-backup", "something else")]
    [InlineData("manifest.json", "\"username\": \"ana\"", "\"username\": \"eve\"", "of the person")]
    [InlineData("manifest.json", "\"posts\": 5", "\"posts\": 4", "does not begin as a collection of 4")]
    [InlineData("actor.json", "ana@example.org", "nobody", "An e-mail address")]
    [InlineData("actor.json", "{", "[", "JSON")]
    [InlineData("actor.json", "\"name\"", "\"type\"", "Duplicate")]
    [InlineData("outbox.json", "to myself", "\\u0000", "control character")]
    [InlineData("outbox.json", "to myself", " ", "The text is empty")]
    [InlineData("outbox.json", "\"content\":\"to myself\"", "\"content\":7", "outbox.json, item 3")]
    [InlineData("outbox.json", "\"published\":\"20", "\"published\":\"29", "It is not of the past")]
    [InlineData("outbox.json", "\"updated\":\"20", "\"updated\":\"29", "It is not of the past")]
    [InlineData("outbox.json", "urn:pamps:user:ana", "urn:pamps:user:beto", "of the archive's person")]
    [InlineData("outbox.json", "\"id\":\"urn:pamps:post:", "\"id\":\"urn:pamps:post:9", "An id of the form")]
    [InlineData("outbox.json", "\"id\":\"urn:pamps:post:", "\"id\":\"urn:pamps:post:-", "An id of the form")]
    [InlineData("outbox.json", "\n]}", ",\n]}", "item 5")]
    [InlineData("outbox.json", "\n]}", "\n]}\n]}", "goes on behind its end")]
    [InlineData("outbox.json", "\n]}\n", "\n]}", "a line without an end")]
    [InlineData("liked.json", "\"type\":\"Note\"", "\"type\":\"Person\"", "about a Note")]
    [InlineData("liked.json", "\"attributedTo\"", "\"writtenBy\"", "an author and a date")]
    [InlineData("following.json", "urn:pamps:user:beto", "urn:pamps:user:..", "A name of the form")]
    [InlineData(
        "followers.json",
        "\"object\":\"urn:pamps:user:ana\"",
        "\"object\":null",
        "about the archive's person"
    )]
    public async Task What_breaks_a_rule_is_refused_by_name(string file, string what, string by, string told)
    {
        var refusal = await RefusedAsync(RewrittenZip.Of(await ExportAsync(), file, what, by));
        Assert.StartsWith("This is not a whole archive of an account: ", refusal, StringComparison.Ordinal);
        Assert.Contains(told, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_refused_and_so_is_what_comes_twice()
    {
        var archive = await ExportAsync();
        Assert.Contains(
            "more than 500 characters",
            await RefusedAsync(RewrittenZip.Of(archive, "outbox.json", "to myself", new string('x', 501))),
            StringComparison.Ordinal
        );
        var twice = RewrittenZip.With(archive, "outbox.json", text =>
        {
            var lines = text.Split('\n');
            lines[2] = lines[1];
            return string.Join('\n', lines);
        });
        Assert.Contains("in the order of ids", await RefusedAsync(twice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_to_itself_or_to_what_is_still_to_come_is_refused()
    {
        var archive = await ExportAsync();
        const string reply =
            "\"id\":\"urn:pamps:post:([0-9]+)\"(.*\"inReplyTo\":.\"type\":\"Note\",\"id\":\"urn:pamps:post:)[0-9]+";
        foreach (
            var (parent, told) in new[]
            {
                ("$1", "a reply to another post"),
                ("9007199254740991", "of the past"),
            }
        )
        {
            var changed = RewrittenZip.With(archive, "outbox.json", text =>
                Regex.Replace(text, reply, $"\"id\":\"urn:pamps:post:$1\"${{2}}{parent}")
            );
            Assert.Contains(told, await RefusedAsync(changed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_not_told_again()
    {
        var refusal = await RefusedAsync(
            RewrittenZip.With(await ExportAsync(), "\u001b[2Jall is well", _ => "evil")
        );
        Assert.Contains("all is well does not belong there", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', refusal!);
    }

    [Fact]
    public async Task Files_that_do_not_belong_there_are_refused_wherever_they_would_go()
    {
        var archive = await ExportAsync();
        foreach (var name in new[] { "../../../etc/cron.d/evil", "/etc/evil", "tables/user.jsonl" })
        {
            Assert.Contains(
                "does not belong there",
                await RefusedAsync(RewrittenZip.With(archive, name, _ => "evil")),
                StringComparison.Ordinal
            );
            Assert.Contains(
                "other files than it has",
                await RefusedAsync(RewrittenZip.With(archive, name, _ => "evil", isSummed: false)),
                StringComparison.Ordinal
            );
        }
        foreach (var file in new[] { "outbox.json", "actor.json" })
        {
            Assert.Contains(
                $"{file} is not as it was written",
                await RefusedAsync(
                    RewrittenZip.With(
                        archive,
                        file,
                        x =>
                            x.Replace("to myself", "to nobody", StringComparison.Ordinal)
                            + (file[0] == 'a' ? " " : ""),
                        isSummed: false
                    )
                ),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task What_grows_without_end_is_refused_before_it_fills_the_memory()
    {
        var archive = await ExportAsync();
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        // 48 MB for all objects of the process.
        workplace.With("DOTNET_GCHeapHardLimit", "3000000");
        var bomb = new string('0', 64 * 1024 * 1024);
        foreach (var name in new[] { "outbox.json", "actor.json", "SHA256SUMS" })
        {
            var grown = RewrittenZip.With(archive, name, x => x + bomb, isSummed: name[0] != 'S');
            Assert.True(grown.Length < 1_000_000);
            var file = Path.Combine(workplace.Folder, "ana.zip");
            await File.WriteAllBytesAsync(file, grown, TestContext.Current.CancellationToken);
            Assert.Matches(
                "too long|without an end",
                (await workplace.RunAsync("import", file, Two.NewPassword)).Refused()
            );
        }
    }

    [Fact]
    public async Task What_is_cut_off_or_changed_is_refused_by_the_command_and_changes_nothing()
    {
        var whole = await ExportAsync();
        var random = new Random(1);
        foreach (var length in Enumerable.Range(0, 50).Select(_ => random.Next(whole.Length)).Append(0))
        {
            Assert.NotNull(await RefusedAsync(whole[..length]));
        }
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        var file = Path.Combine(workplace.Folder, "ana.zip");
        foreach (
            var bad in new[]
            {
                whole[..(whole.Length / 2)],
                RewrittenZip.Of(whole, "followers.json", "Follow\"", "Block\""),
            }
        )
        {
            await File.WriteAllBytesAsync(file, bad, TestContext.Current.CancellationToken);
            Assert.Contains(
                "This is not a whole archive",
                (await workplace.RunAsync("import", file, Two.NewPassword)).Refused(),
                StringComparison.Ordinal
            );
        }
        Assert.Empty(await workplace.UsernamesAsync());
        await File.WriteAllBytesAsync(file, whole, TestContext.Current.CancellationToken);
        Assert.Contains(
            "something else",
            (await workplace.RunAsync("restore", file)).Refused(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("import", file, Two.NewPassword)).Succeeded();
    }

    private static readonly Lazy<Task<byte[]>> Exported = new(async () =>
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        await Two.MakeAsync(pamps);
        using var output = new MemoryStream();
        var export = pamps.Services.GetRequiredService<ExportAccount>();
        var made = await export.RunAsync(Viewer.Operator, "ana", output, null, CancellationToken.None);
        Assert.Equal(5, made.Value.Posts);
        return output.ToArray();
    });

    private static Task<byte[]> ExportAsync() => Exported.Value;

    /// <summary>Why an archive is refused; null when it is not.</summary>
    private static async Task<string?> RefusedAsync(byte[] archive)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        var verified = await pamps
            .Services.GetRequiredService<ImportAccount>()
            .VerifyAsync(new MemoryStream(archive), null, TestContext.Current.CancellationToken);
        if (verified.IsRefused(out var error))
        {
            return error.Message;
        }
        verified.Value.Dispose();
        return null;
    }
}
