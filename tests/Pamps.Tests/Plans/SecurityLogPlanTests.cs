using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Audit;
using Pamps.Core.Moderation;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static Pamps.Tests.Plans.FilledServer;

namespace Pamps.Tests.Plans;

/// <summary>How the databases read the security log: whatever is asked for, along an index, a page's worth of rows.</summary>
public sealed class SecurityLogPlanTests
{
    private const int Page = 20;

    [Theory, OnEachDatabase]
    public async Task The_log_is_read_along_an_index_whatever_is_asked_for(Database database)
    {
        await using var server = await StartAsync(database, TestJobs.Without);
        var read = server.Pamps.Services.GetRequiredService<ReadSecurityLog>();
        var since = new DateTime(2024, 1, 1, 1, 0, 0, DateTimeKind.Utc);
        foreach (
            var (filter, index) in new (SecurityLogFilter, string)[]
            {
                (new(), "pk_security_event"),
                (new(Since: since), "pk_security_event"),
                (new(Account: $"user_{BusyUser}"), "ix_security_event_user"),
                (new(Account: $"{BusyUser}", Since: since), "ix_security_event_user"),
                (new(By: $"user_{BusyUser}"), "ix_security_event_actor"),
                (new(By: $"{BusyUser}", Since: since), "ix_security_event_actor"),
                (new(Kind: SecurityEventKinds.SettingsAtStart), "ix_security_event_kind"),
            }
        )
        {
            foreach (var page in new PageRequest[] { new(), new(Before: Middle) })
            {
                server.Statements.Take();
                var found = await read.RunAsync(
                    Viewer.Operator,
                    filter,
                    page,
                    TestContext.Current.CancellationToken
                );
                Assert.NotEmpty(found.Value.Items);
                var statement = server
                    .Statements.Take()
                    .First(x => x.Contains("e.created_at", StringComparison.Ordinal));
                var values = ValuesOf(statement, filter, since);
                if (database == Database.Sqlite)
                {
                    var steps = await Plan.OfSqliteAsync(server.Connection, statement, values);
                    var step = Assert.Single(steps, x => Regex.IsMatch(x, "^(SCAN|SEARCH) e\\b"));
                    Assert.True(
                        step.Contains(index, StringComparison.Ordinal)
                            || (
                                index == "pk_security_event"
                                && (
                                    step == "SCAN e"
                                    || step.Contains("INTEGER PRIMARY KEY", StringComparison.Ordinal)
                                )
                            ),
                        $"{filter}: {step}"
                    );
                    Assert.DoesNotContain(steps, x => x.Contains("TEMP", StringComparison.Ordinal));
                }
                else
                {
                    var steps = await Plan.OfPostgresAsync(server.Connection, statement, values);
                    Assert.True(
                        steps.Any(x => (string?)x["Index Name"] == index),
                        $"{filter}: {string.Join("; ", steps.Select(x => $"{x["Node Type"]} {x["Index Name"]}"))}"
                    );
                    Assert.All(steps, x => Assert.InRange(Plan.RowsOf(x), 0, Page + 1));
                }
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task Accounts_from_the_same_networks_are_found_along_indexes(Database database)
    {
        await using var server = await StartAsync(database, TestJobs.Without);
        await server.Pamps.ExecuteAsync(
            "UPDATE security_event SET network = 'network ' || (id % 7), kind = 'sign_in' WHERE kind <> 'settings_at_start'"
        );
        var find = server.Pamps.Services.GetRequiredService<FindOtherAccounts>();
        server.Statements.Take();
        var found = await find.RunAsync(
            Viewer.Operator,
            $"user_{BusyUser}",
            TestContext.Current.CancellationToken
        );
        Assert.NotEmpty(found.Value);
        var read = server
            .Statements.Take()
            .Where(x =>
                x.StartsWith("SELECT", StringComparison.Ordinal)
                && x.Contains("security_event e", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Equal(2, read.Count);
        foreach (var statement in read)
        {
            (string, object)[] values =
            [
                .. Plan.ParametersOf(statement)
                    .Select(x => (x, x == "id" ? (object)BusyUser : $"network {x[^1]}")),
            ];
            const string Along = "ix_security_event_(user|network)";
            if (database == Database.Sqlite)
            {
                var steps = await Plan.OfSqliteAsync(server.Connection, statement, values);
                Assert.All(steps.Where(x => Regex.IsMatch(x, "^(SCAN|SEARCH) e\\b")), x =>
                    Assert.Matches($"^SEARCH e USING INDEX {Along}", x)
                );
            }
            else
            {
                var steps = await Plan.OfPostgresAsync(server.Connection, statement, values);
                Assert.Contains(steps, x => Regex.IsMatch((string?)x["Index Name"] ?? "", Along));
                Assert.DoesNotContain(steps, x =>
                    (string?)x["Node Type"] == "Seq Scan" && (string?)x["Relation Name"] == "security_event"
                );
            }
        }
    }

    private static (string, object)[] ValuesOf(string statement, SecurityLogFilter filter, DateTime since) =>
        [
            .. Plan.ParametersOf(statement)
                .Select(x =>
                    (
                        x,
                        x switch
                        {
                            "of" => BusyUser,
                            "kind" => (object)filter.Kind!,
                            "since" => since,
                            "first" => FirstPost,
                            "before" => Middle,
                            _ => throw new InvalidOperationException($"No value for @{x}"),
                        }
                    )
                ),
        ];
}
