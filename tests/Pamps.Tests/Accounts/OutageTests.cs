using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>What is the database's fault is said to be: 503, and when to come again.</summary>
public sealed class OutageTests
{
    private static void IsUnavailable(Answer answer)
    {
        answer.Refused(ServiceUnavailable);
        Assert.NotNull(answer.Header("Retry-After"));
    }

    [Theory, OnEachDatabase]
    public async Task A_table_that_was_taken_away(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        await ana.WriteAsync("before");
        await pamps.ExecuteAsync("ALTER TABLE post RENAME TO elsewhere");

        IsUnavailable(await ana.GetAsync("/post/"));
        IsUnavailable(await ana.PostAsync("/post/", new { text = "nowhere" }));
        Assert.Equal(OK, (await ana.GetAsync("/user/me/")).Status);
        await pamps.ExecuteAsync("ALTER TABLE elsewhere RENAME TO post");
        await ana.WriteAsync("after");
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.OutOfMemory)]
    [InlineData(PostgresErrorCodes.IoError)]
    [InlineData(PostgresErrorCodes.DataCorrupted)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege)]
    public async Task A_PostgreSQL_that_cannot_write(string fault)
    {
        await using var pamps = await PampsServer.StartAsync(Database.Postgres);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        await pamps.ExecuteAsync(
            $"""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{fault}'; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON post FOR EACH ROW EXECUTE FUNCTION fail();
            CREATE TRIGGER fail BEFORE INSERT ON idempotency FOR EACH ROW EXECUTE FUNCTION fail();
            """
        );

        IsUnavailable(await ana.PostAsync("/post/", new { text = "no room" }));
        IsUnavailable(await anyone.GetAsync("/health/ready"));
        Assert.Equal(OK, (await ana.GetAsync("/post/")).Status);

        await pamps.ExecuteAsync("DROP FUNCTION fail() CASCADE");
        await ana.WriteAsync("room again");
    }
}
