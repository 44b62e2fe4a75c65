using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Transfer;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Transfer;

public sealed class BackupTests
{
    [Theory, FromEachToEach]
    public async Task What_is_restored_answers_like_the_original(Database from, Database to)
    {
        var (source, target) = (await Workplace.OnAsync(from), await Workplace.OnAsync(to));
        var file = Path.Combine(source.Folder, "night.backup");
        string original;
        await using (var pamps = await source.ServeHereAsync(from))
        {
            await Community.MakeAsync(pamps);
            original = await Community.ReadAsync(pamps);
            Assert.EndsWith(
                $" UTC, in {file}.\n",
                (await source.RunAsync("backup", "night.backup")).Succeeded(),
                StringComparison.Ordinal
            );
        }
        Assert.Contains(
            "Whole",
            (await target.RunAsync("backup", "--verify", file)).Succeeded(),
            StringComparison.Ordinal
        );

        var restored =
            from == to
                ? await target.RunAsync("restore", file)
                : await Workplace.Bare().RunAsync("restore", file, "--to", target.Uri);
        Assert.Contains("Restored", restored.Succeeded(), StringComparison.Ordinal);
        (await target.RunAsync("db", "verify")).Succeeded();
        await using var copy = await target.ServeHereAsync(to);
        Assert.Equal(original, await Community.ReadAsync(copy));
        await using var fresh = await PampsServer.StartAsync(to);
        Assert.Equal(await SchemaText.ReadAsync(fresh, to), await SchemaText.ReadAsync(copy, to));

        Assert.Contains(
            "is not empty",
            (await target.RunAsync("restore", file)).Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(original, await Community.ReadAsync(copy));
    }

    [Theory, OnEachDatabase]
    public async Task A_backup_under_writes_shows_one_moment(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var first = await ana.WriteAsync("first");
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            var reply = await beto.WriteAsync("#more and more", first);
                            await ana.PostAsync($"/post/{reply}/like/");
                        }
                    })
                )
        );
        var counts = new HashSet<long>();
        for (var i = 0; i < 3; i++)
        {
            using var backup = await VerifyAsync(await WriteAsync(pamps));
            await using var restored = await PampsServer.StartAsync(database);
            Assert.Null(await RestoreAsync(restored, backup));
            Assert.All(
                await restored
                    .Services.GetRequiredService<Verify>()
                    .RunAsync(repair: false, progress: null, TestContext.Current.CancellationToken),
                x => Assert.True(x.Broken == 0, x.Name)
            );
            counts.Add(backup.Manifest.Tables.Single(x => x.Digest.Table == "post").Digest.Rows);
        }
        await stop.CancelAsync();
        await writing;
        Assert.True(counts.Count > 1, "Nobody wrote meanwhile.");
    }

    [Fact]
    public async Task A_backup_that_is_cut_off_or_changed_is_refused_and_nothing_is_made()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        await Community.MakeAsync(pamps, posts: 50);
        var whole = await WriteAsync(pamps);
        using var sound = await VerifyAsync(whole);
        var random = new Random(1);
        foreach (var length in Enumerable.Range(0, 50).Select(_ => random.Next(whole.Length)).Append(0))
        {
            Assert.NotNull(await RefusedAsync(whole[..length]));
        }
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            if (await RefusedAsync(changed) is not null)
            {
                refused++;
                continue;
            }
            // What the archive says beside the contents, such as a file's date, may differ.
            using var same = await VerifyAsync(changed);
            Assert.Equal(
                sound.Manifest.Tables.Select(x => x.Digest),
                same.Manifest.Tables.Select(x => x.Digest)
            );
        }
        Assert.InRange(refused, 350, 400);

        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var file = Path.Combine(workplace.Folder, "half.backup");
        await File.WriteAllBytesAsync(
            file,
            whole[..(whole.Length / 2)],
            TestContext.Current.CancellationToken
        );
        foreach (var command in new[] { new[] { "restore", file }, ["backup", "--verify", file] })
        {
            Assert.Contains(
                "not a whole backup",
                (await workplace.RunAsync(command)).Refused(),
                StringComparison.Ordinal
            );
        }
        Assert.False(File.Exists(workplace.Uri["sqlite:///".Length..]));
    }

    [Theory, OnEachDatabase]
    public async Task A_backup_with_more_than_its_manifest_tells_of_is_refused_before_the_rest_is_read(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var whole = await WriteAsync(pamps);
        // What comes behind the first row too many would be refused for something else.
        var rest = "[]\n" + new string('x', 17 * 1024 * 1024);
        var manyRows = RewrittenZip.With(whole, "tables/user.jsonl", x => x + rest);
        var sameTable = RewrittenZip.With(whole, "manifest.json", text =>
        {
            var manifest = JsonNode.Parse(text)!;
            var tables = manifest["tables"]!.AsArray();
            tables.Add(tables[0]!.DeepClone());
            return manifest.ToJsonString();
        });
        var workplace = await Workplace.OnAsync(database);
        foreach (
            var (bad, told) in new[]
            {
                (manyRows, "has more rows than its manifest"),
                (sameTable, "other files than"),
            }
        )
        {
            var file = Path.Combine(workplace.Folder, "bad.backup");
            await File.WriteAllBytesAsync(file, bad, TestContext.Current.CancellationToken);
            foreach (var command in new[] { new[] { "restore", file }, ["backup", "--verify", file] })
            {
                Assert.Contains(
                    told,
                    (await workplace.RunAsync(command)).Refused(),
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Theory]
    [InlineData("\"BrowserSession\"", "\"BrowserSession\", \"Tomorrow\"", "newer schema")]
    [InlineData(",\n    \"BrowserSession\"", "", "older schema")]
    [InlineData("\"format\": 2", "\"format\": 3", "does not know")]
    [InlineData("\"format\": 2", "\"format\": 1", "does not know")]
    public async Task A_backup_of_another_version_is_refused_with_what_to_do(
        string what,
        string by,
        string told
    )
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        var other = RewrittenZip.Of(await WriteAsync(pamps), "manifest.json", what, by);
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        var file = Path.Combine(workplace.Folder, "other.backup");
        await File.WriteAllBytesAsync(file, other, TestContext.Current.CancellationToken);
        var errors = (await workplace.RunAsync("restore", file)).Errors;
        Assert.Contains(told, errors, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_restore_that_was_stopped_is_not_served_and_goes_on_where_it_was(Database database)
    {
        byte[] written;
        string original;
        await using (var pamps = await PampsServer.StartAsync(database))
        {
            await Community.MakeAsync(pamps);
            original = await Community.ReadAsync(pamps);
            written = await WriteAsync(pamps);
        }
        var target = await Workplace.OnAsync(database);
        await using var empty = await target.ServeHereAsync(database);
        using (var backup = await VerifyAsync(written))
        using (var stop = new CancellationTokenSource())
        {
            var restore = empty.Services.GetRequiredService<RestoreBackup>();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                restore.RunAsync(backup, new StopAt("like", stop, 10_000), stop.Token)
            );
        }
        Assert.Contains(
            "was not finished",
            (await target.RunAsync("user-list")).Refused(),
            StringComparison.Ordinal
        );

        var file = Path.Combine(target.Folder, "night.backup");
        await File.WriteAllBytesAsync(file, written, TestContext.Current.CancellationToken);
        (await target.RunAsync("restore", file)).Succeeded();
        Assert.Equal(original, await Community.ReadAsync(empty));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task A_backup_is_for_its_owner_only_and_replaces_nothing_unasked()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        (await workplace.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();
        var file = Path.Combine(workplace.Folder, "night.backup");
        (await workplace.RunAsync("backup", file)).Succeeded();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        Assert.Contains(
            "--force",
            (await workplace.RunAsync("backup", file)).Refused(),
            StringComparison.Ordinal
        );
        Assert.Equal(before, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        (await workplace.RunAsync("backup", file, "--force")).Succeeded();
        Assert.Equal([file], Directory.GetFiles(workplace.Folder, "night*"));
        var missing = workplace.With("PAMPS_DB__URI", $"sqlite:///{workplace.Folder}/none.db");
        Assert.Contains(
            "There is no SQLite database",
            (await missing.RunAsync("backup", "x")).Refused(),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(workplace.Folder, "x")));
    }

    [Fact]
    public async Task Both_databases_have_the_same_migrations_so_that_each_restores_what_the_other_wrote()
    {
        var names = new List<string>();
        foreach (var database in Enum.GetValues<Database>())
        {
            var pamps = await PampsServer.ShareAsync(database);
            var known = pamps.Services.GetRequiredService<KnownMigrations>();
            names.Add(string.Join(' ', known.Ids.Select(x => x.Split('_', 2)[1])));
        }
        Assert.Single(names.Distinct());
    }

    private static async Task<byte[]> WriteAsync(PampsServer pamps)
    {
        using var output = new MemoryStream();
        var written = await pamps
            .Services.GetRequiredService<WriteBackup>()
            .RunAsync(output, withMedia: true, null, TestContext.Current.CancellationToken);
        Assert.False(written.IsRefused(out var error), error?.Message);
        return output.ToArray();
    }

    private static async Task<BackupFile> VerifyAsync(byte[] backup) =>
        (
            await BackupFile.VerifyAsync(
                new MemoryStream(backup),
                null,
                TestContext.Current.CancellationToken
            )
        ).Value;

    /// <summary>Why a backup is refused; null when it is not.</summary>
    private static async Task<string?> RefusedAsync(byte[] backup)
    {
        var verified = await BackupFile.VerifyAsync(
            new MemoryStream(backup),
            null,
            TestContext.Current.CancellationToken
        );
        if (verified.IsRefused(out var error))
        {
            return error.Message;
        }
        verified.Value.Dispose();
        return null;
    }

    private static async Task<Core.Results.Error?> RestoreAsync(PampsServer pamps, BackupFile backup) =>
        (
            await pamps
                .Services.GetRequiredService<RestoreBackup>()
                .RunAsync(backup, null, TestContext.Current.CancellationToken)
        ).Error;
}
