using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Cards;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Core.Outgoing;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Cards;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;
using Pamps.Tests.OAuth;
using static Pamps.Tests.Plans.FilledServer;

namespace Pamps.Tests.Plans;

/// <summary>
/// How the databases carry out everything that is not a page of a list: what is looked up for a write, the writes, sign-in,
/// search and the sweep. As planned for whatever values, so that no table is read from end to end.
/// </summary>
public sealed partial class WritePlanTests
{
    /// <summary>What each of these does in EF Core or by hand is looked at, so a new statement cannot be forgotten.</summary>
    private static async Task DoEverythingAsync(FilledServer server, FakeTime time)
    {
        var (pamps, busy) = (server.Pamps, $"user_{BusyUser}");
        using var ana = await pamps.RegisterAsync("ana");
        using var super = await pamps.RegisterSuperuserAsync();
        await OkAsync(ana.TrySignInAsync(ana.Email, Client.DefaultPassword));
        await OkAsync(ana.TrySignInAsync(ana.Username, "wrong"), HttpStatusCode.Unauthorized);
        ana.Use(await OkAsync(ana.PostAsync("/refresh_token", new { refresh_token = ana.RefreshToken })));

        var post = await ana.WriteAsync($"#pampas for @{busy} and @{server.Reader.Username}");
        var reply = await ana.WriteAsync($"@{busy} too", BusyPost);
        var key = ("Idempotency-Key", "once");
        await OkAsync(ana.PostAsync("/post/", new { text = "once" }, key), HttpStatusCode.Created);
        await OkAsync(ana.PostAsync("/post/", new { text = "once" }, key), HttpStatusCode.Created);
        await OkAsync(ana.PatchAsync($"/post/{reply}/", new { text = $"#pampas @{server.Reader.Username}" }));
        await OkAsync(ana.PostAsync($"/post/{BusyPost}/like/"), HttpStatusCode.Created);
        await OkAsync(ana.PostAsync($"/post/{BusyPost}/like/"));
        await OkAsync(ana.DeleteAsync($"/post/{BusyPost}/like/"), HttpStatusCode.NoContent);
        await OkAsync(ana.PostAsync($"/post/{BusyPost}/bookmark/"), HttpStatusCode.Created);
        await OkAsync(ana.PostAsync($"/post/{BusyPost}/bookmark/"));
        await OkAsync(ana.DeleteAsync($"/post/{BusyPost}/bookmark/"), HttpStatusCode.NoContent);
        await OkAsync(ana.PostAsync($"/user/follow/{busy}/"), HttpStatusCode.Created);
        await OkAsync(ana.PostAsync($"/user/follow/{BusyUser}/"));
        await OkAsync(ana.DeleteAsync($"/user/follow/{BusyUser}/"), HttpStatusCode.NoContent);
        await OkAsync(ana.DeleteAsync($"/post/{post}/"), HttpStatusCode.NoContent);
        await OkAsync(super.DeleteAsync($"/post/{BusyPost}/"), HttpStatusCode.NoContent);

        await OkAsync(
            server.Reader.PostAsync("/notification/read/", new { up_to = Middle }),
            HttpStatusCode.NoContent
        );
        await OkAsync(ana.PatchAsync("/user/me/", new { bio = "from the pampas" }));
        await OkAsync(super.PatchAsync($"/user/{busy}/", new { active = false }));
        foreach (var query in new[] { "pampas", "\"from the\"", "pam*", "from:user_2 text", "%23pampas" })
        {
            foreach (var kind in new[] { "post", "user" })
            {
                await server.Reader.GetAsync($"/search/?type={kind}&q={query}");
            }
        }

        long[] media = [await ana.PictureAsync(), await ana.PictureAsync(), await ana.PictureAsync()];
        var shown = await ana.PostAsync("/post/", new { text = "", media_ids = media[..2] });
        await OkAsync(ana.PatchAsync($"/media/{media[0]}/", new { description = "x" }));
        await OkAsync(ana.PatchAsync($"/post/{shown["id"]}/", new { text = "x", media_ids = media[..1] }));
        await OkAsync(ana.DeleteAsync($"/post/{shown["id"]}/"), HttpStatusCode.NoContent);
        await OkAsync(ana.DeleteAsync($"/media/{media[2]}/"), HttpStatusCode.NoContent);
        long[] faces = [await ana.PictureAsync(), await ana.PictureAsync()];
        await OkAsync(
            ana.PatchAsync("/user/me/", new { avatar_media_id = faces[0], header_media_id = faces[1] })
        );
        await OkAsync(ana.PatchAsync("/user/me/", new { avatar = (string?)null }));
        var pinned = await ana.WriteAsync("pinned");
        await OkAsync(ana.PutAsync($"/post/{pinned}/pin/", new { }));
        await OkAsync(ana.DeleteAsync($"/post/{pinned}/pin/"), HttpStatusCode.NoContent);
        await ana.PictureAsync();
        var linked = await ana.WriteAsync("https://example.org/linked");
        await OkAsync(ana.PatchAsync($"/post/{linked}/", new { text = "https://example.org/unlinked" }));
        await pamps.FetchAsync();
        await pamps.Services.GetRequiredService<SweepCards>().RunAsync(CancellationToken.None);
        await OkAsync(
            ana.PostAsync("/logout", new { refresh_token = ana.RefreshToken }),
            HttpStatusCode.NoContent
        );
        await ana.SignInAsync();
        using (var program = await ForeignProgram.RegisterAsync(pamps))
        {
            var letIn = await program.CodeAsync(ana);
            using var acting = program.With(await program.ExchangeAsync(letIn), ana);
            await OkAsync(acting.GetAsync("/user/me/"));
            await OkAsync(program.ExchangeAsync(letIn), HttpStatusCode.BadRequest);
            await OkAsync(program.ForItselfAsync());
            await OkAsync(program.RevokeAsync((await program.ForItselfAsync())["access_token"]!.ToString()));
            using var second = await program.ActForAsync(ana);
            await OkAsync(program.RevokeAsync(second.AccessToken));
        }
        var (app, codes) = await AuthenticatorApp.SetUpAsync(ana, time);
        await OkAsync(ana.GetAsync(AuthenticatorApp.Address));
        await OkAsync(AuthenticatorApp.SignInAsync(ana, app.Next()));
        await OkAsync(AuthenticatorApp.SignInAsync(ana, codes[0]));
        using (var device = await PasskeyDevice.OfAsync(ana, app.Next()))
        {
            using var browser = new Browser(pamps);
            await OkAsync(device.SignInAsync(browser));
            var id = (long)(await ana.GetAsync(PasskeyDevice.Address)).Items[0]!["id"]!;
            await OkAsync(ana.PatchAsync($"{PasskeyDevice.Address}{id}/", new { name = "Key" }));
            await OkAsync(
                ana.SendAsync(
                    HttpMethod.Delete,
                    $"{PasskeyDevice.Address}{id}/",
                    System.Net.Http.Json.JsonContent.Create(new { password = Client.DefaultPassword })
                ),
                HttpStatusCode.NoContent
            );
        }
        await pamps
            .Services.GetRequiredService<SetUpSecondFactor>()
            .UndoForAsync(Viewer.Operator, ana.Username, CancellationToken.None);
        await OkAsync(
            ana.PostAsync(
                "/user/me/password/",
                new { current_password = Client.DefaultPassword, new_password = "another horse" }
            ),
            HttpStatusCode.NoContent
        );
        await ana.SignInAsync("another horse");
        await OkAsync(ana.DeleteAsync("/user/me/"), HttpStatusCode.NoContent);
        await OkAsync(super.DeleteAsync($"/user/{busy}/"), HttpStatusCode.NoContent);

        await pamps.Services.GetRequiredService<RecordSettings>().RunAsync("none", CancellationToken.None);

        time.Advance(TimeSpan.FromHours(25));
        // The server may have swept by itself a moment before.
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
        var sweepMedia = pamps.Services.GetRequiredService<SweepMedia>();
        await sweepMedia.RunAsync(new JobRun(1, "", null, null, 1), CancellationToken.None);
        await pamps.Services.GetRequiredService<IndexTexts>().IsNeededAsync(CancellationToken.None);

        await pamps.ExecuteAsync(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO job (id, kind, key, run_at, attempts) SELECT i, 'of_a_newer_version', '' || i, '2999-01-01 00:00:00Z', 0 FROM n
            """
        );
        await pamps.ExecuteAsync("ANALYZE job");
        await pamps.EnqueueAsync(IndexTexts.Job);
        using var stop = new CancellationTokenSource();
        var running = pamps.Services.GetRequiredService<JobRunner>().RunAsync(stop.Token);
        await TestJobs.UntilAsync(async () => await pamps.JobsAsync("kind = 'index_texts'") == 0);
        await stop.CancelAsync();
        await running;
        await pamps.EnqueueAsync(new Job("of_a_test"));
        var jobs = pamps.Services.GetRequiredService<ManageJobs>();
        var last = (await jobs.ListAsync(failed: false, after: 5000, CancellationToken.None))[^1].Id;
        await jobs.RetryAsync(last, CancellationToken.None);
        await jobs.DropAsync(last, CancellationToken.None);
    }

    [Theory, OnEachDatabase]
    public async Task Writes_look_ups_and_sweeps_read_no_table_from_end_to_end(Database database)
    {
        var time = new FakeTime();
        await using var server = await StartAsync(database, x =>
        {
            time.Use(x);
            TestJobs.Without(x);
            x.AddSingleton<IForeignPages, OnePage>();
        });
        await DoEverythingAsync(server, time);

        var seen = server
            .Statements.Take()
            .Distinct()
            .Select(x => (Text: x, Parameters: server.Statements.ParametersOf(x)))
            // Of several that go together, the last is the one that reads.
            .Select(x => x with { Text = x.Text.Split(";\n")[^1] })
            .Where(x => Statement().IsMatch(x.Text))
            .ToList();
        Assert.True(seen.Count > 40, string.Join("\n\n", seen));
        var complaints = new List<string>();
        foreach (var (statement, parameters) in seen)
        {
            var wrong =
                database == Database.Sqlite
                    ? (await Plan.OfSqliteAsync(server.Connection, statement, NoValues(statement))).Where(x =>
                        FullScan().IsMatch(x)
                    )
                    : (await Plan.OfPostgresForAnyValuesAsync(server.Connection, statement, parameters))
                        // Where search must not read the whole table, it says so to PostgreSQL itself.
                        .Where(x =>
                            (string?)x["Node Type"] == "Seq Scan"
                            && !IsOfSearch(x)
                            // A row for each consumer there is in the program, and one for all; those who wait for a moderator.
                            && (string?)x["Relation Name"]
                                is not ("consumer" or "media_total" or "registration")
                        )
                        .Select(x => $"Seq Scan on {x["Relation Name"]}");
            complaints.AddRange(wrong.Select(x => $"{x}\n{statement}"));
        }
        Assert.True(complaints.Count == 0, string.Join("\n\n", complaints));
    }

    [Fact]
    public async Task PostgreSQL_looks_at_follows_once_a_thousand_are_new()
    {
        var pamps = await PampsServer.ShareAsync(Database.Postgres);
        Assert.Equal(
            "autovacuum_vacuum_insert_scale_factor=0 autovacuum_vacuum_insert_threshold=1000",
            await pamps.ScalarAsync<string>(
                "SELECT array_to_string(reloptions, ' ') FROM pg_class WHERE oid = 'social'::regclass"
            )
        );
    }

    /// <summary>Deleting a row looks for those that refer to it.</summary>
    [Theory, OnEachDatabase]
    public async Task Every_reference_has_an_index(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        await using var connection = await pamps
            .Services.GetRequiredService<Core.Databases.IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        var bare = await connection.ReadAsync(
            database == Database.Sqlite
                ? """
                SELECT t.name, f."from" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
                WHERE t.type = 'table' AND NOT EXISTS (
                    SELECT 1 FROM pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
                    WHERE c.seqno = 0 AND c.name = f."from"
                )
                -- The key of one number is the table's own order.
                AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) k WHERE k.pk = 1 AND k.name = f."from" AND k.type = 'INTEGER')
                """
                : """
                SELECT f.conrelid::regclass::text, a.attname FROM pg_constraint f
                JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
                WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace AND NOT EXISTS (
                    SELECT 1 FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indkey[0] = f.conkey[1]
                )
                """,
            []
        );
        // PostgreSQL's table of words for a post has the post's id as its key, and so on: all have one.
        Assert.Empty(bare.Select(x => $"{x[0]}.{x[1]}"));
    }

    private static async Task<Answer> OkAsync(Task<Answer> asked, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await asked;
        Assert.True(answer.Status == expected, $"{answer.Status}: {answer.Body}");
        return answer;
    }

    /// <summary>Whatever is asked has a title and a picture.</summary>
    private sealed class OnePage : IForeignPages
    {
        public Task<ForeignPage?> ReadAsync(Uri address, CancellationToken cancellationToken) =>
            Task.FromResult<ForeignPage?>(new("x", null, null, null, new Uri(address, "/x.png")));

        public async Task<bool> CopyAsync(Uri address, Stream into, CancellationToken cancellationToken)
        {
            await into.WriteAsync(Pictures.Of("png"), cancellationToken);
            return true;
        }
    }

    private static bool IsOfSearch(JsonObject step) =>
        ((string)step["Relation Name"]!).EndsWith("_search", StringComparison.Ordinal);

    private static (string, object)[] NoValues(string statement) =>
        [.. Plan.ParametersOf(statement).Select(x => (x, (object)DBNull.Value))];

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")]
    private static partial Regex Statement();

    /// <summary>
    /// A step that reads a table without looking for anything in it. The window of a search and the last event are at
    /// the end of an index, consumers are few, and the index of posts without entities is of nothing else.
    /// </summary>
    [GeneratedRegex(
        @"^SCAN (?!\(|CONSTANT ROW|.*VIRTUAL TABLE|\w+_search_docsize|e USING COVERING INDEX ix_event_place|p USING INDEX ix_post_without_entities|[cg]$)"
    )]
    private static partial Regex FullScan();
}
