using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Operations.Maintenance;
using Pamps.Server;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Startup;

public sealed class SchemaTests
{
    [Fact]
    public async Task An_older_PostgreSQL_schema_is_not_served_and_not_touched()
    {
        var uri = await MakeAsync(Database.Postgres);
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() =>
            PampsServer.StartAsync(Database.Postgres, x => x.Db.Uri = uri, services: Later.AddTo)
        );
        Assert.Contains("lacks 1 migration(s)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("pamps db upgrade", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("PAMPS_DB__UPGRADE_AT_START=true", refusal.Message, StringComparison.Ordinal);

        await using var same = await PampsServer.StartAsync(Database.Postgres, x => x.Db.Uri = uri);
        var known = same.Services.GetRequiredService<KnownMigrations>();
        Assert.Equal(known.Ids, (await ReadAsync(same)).Applied);
    }

    [Theory, OnEachDatabase]
    public async Task Several_servers_may_upgrade_an_older_schema_as_they_start(Database database)
    {
        var uri = await MakeAsync(database);
        var servers = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    Task.Run(() =>
                        PampsServer.StartAsync(
                            database,
                            x =>
                            {
                                x.Db.Uri = uri;
                                // SQLite needs no leave: nobody else can be using the file with another version.
                                x.Db.UpgradeAtStart = database == Database.Postgres;
                            },
                            services: Later.AddTo
                        )
                    )
                )
        );
        foreach (var server in servers)
        {
            var status = await ReadAsync(server);
            Assert.True(status.IsCurrent);
            Assert.Equal(Later.Id, status.Applied[^1]);
            await server.DisposeAsync();
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_newer_schema_is_served_on_by_who_runs_and_refused_in_one_line_by_who_starts(
        Database database
    )
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.ServeHereAsync(database);
        using var anyone = pamps.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/ready")).Status);
        await using (var connection = await TestDatabase.OpenAsync(workplace.Uri))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{Later.Id}', '10.0.0')";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/ready")).Status);
        using var ana = await pamps.RegisterAsync();
        await ana.WriteAsync("written beside a newer version");
        var line = (await workplace.RunAsync("serve", "--port", "0")).Refused();
        Assert.Contains(Later.Id, line, StringComparison.Ordinal);
        Assert.Contains("Run a newer pamps", line, StringComparison.Ordinal);
        var status = await workplace.RunAsync("db", "status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("unknown to this version", status.Output, StringComparison.Ordinal);
    }

    private static async Task<string> MakeAsync(Database database)
    {
        var uri = await TestDatabase.CreateAsync(database);
        await using var pamps = await PampsServer.StartAsync(database, x => x.Db.Uri = uri);
        return uri;
    }

    private static Task<SchemaStatus> ReadAsync(PampsServer pamps) =>
        pamps.Services.GetRequiredService<Schema>().ReadStatusAsync(CancellationToken.None);
}
