using Npgsql;
using Pamps.Server;
using Pamps.Server.Settings;

namespace Pamps.Tests.Settings;

public sealed class DatabaseUriTests
{
    [Theory]
    [InlineData("sqlite:///pamps.db", "pamps.db")]
    [InlineData("sqlite:///data/pamps.db", "data/pamps.db")]
    [InlineData("sqlite:////var/lib/pamps/pamps.db", "/var/lib/pamps/pamps.db")]
    [InlineData("sqlite+aiosqlite:///pamps.db", "pamps.db")]
    public Task A_file_is_relative_with_three_slashes_and_absolute_with_four(string uri, string path)
    {
        Assert.Equal(new DatabaseUri.Sqlite(path), DatabaseUri.Parse(uri));
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("postgresql://user:p%40ss@host:5433/db", "host", 5433, "user", "p@ss", "db")]
    [InlineData("postgres://user:pass@host/db", "host", 5432, "user", "pass", "db")]
    [InlineData("postgresql+psycopg2://user:pass@host/db", "host", 5432, "user", "pass", "db")]
    [InlineData("postgresql+asyncpg://user:a%2Fb%3Ac@host/db", "host", 5432, "user", "a/b:c", "db")]
    [InlineData("postgresql://user:a:b@host/db", "host", 5432, "user", "a:b", "db")]
    [InlineData("postgresql://us%40er@host/my%20db", "host", 5432, "us@er", null, "my db")]
    [InlineData("postgresql://host/db", "host", 5432, null, null, "db")]
    [InlineData("postgresql:///db", "localhost", 5432, null, null, "db")]
    [InlineData("postgresql://user@[::1]:5433/db", "::1", 5433, "user", null, "db")]
    [InlineData("postgresql://user@[::1]/db", "::1", 5432, "user", null, "db")]
    [InlineData(
        "postgresql://user@/db?host=/var/run/postgresql",
        "/var/run/postgresql",
        5432,
        "user",
        null,
        "db"
    )]
    [InlineData(
        "postgresql:///db?host=%2Fvar%2Frun%2Fpostgresql&port=5433",
        "/var/run/postgresql",
        5433,
        null,
        null,
        "db"
    )]
    [InlineData("postgresql://Some_Host/db", "some_host", 5432, null, null, "db")]
    public Task A_server_is_read_in_all_the_forms_that_people_write(
        string uri,
        string host,
        int port,
        string? username,
        string? password,
        string database
    )
    {
        var connection = Postgres(uri);
        Assert.Equal(host, connection.Host);
        Assert.Equal(port, connection.Port);
        Assert.Equal(username, connection.Username);
        Assert.Equal(password, connection.Password);
        Assert.Equal(database, connection.Database);
        return Task.CompletedTask;
    }

    [Fact]
    public Task Options_are_taken_as_libpq_names_them()
    {
        var connection = Postgres(
            "postgresql://host/db?sslmode=verify-full&sslrootcert=/etc/ca.pem&sslcert=/etc/c.pem&sslkey=/etc/k.pem"
                + "&connect_timeout=7&application_name=mine&options=-c%20search_path%3Dx"
        );
        Assert.Equal(SslMode.VerifyFull, connection.SslMode);
        Assert.Equal("/etc/ca.pem", connection.RootCertificate);
        Assert.Equal("/etc/c.pem", connection.SslCertificate);
        Assert.Equal("/etc/k.pem", connection.SslKey);
        Assert.Equal(7, connection.Timeout);
        Assert.Equal("mine", connection.ApplicationName);
        Assert.Equal("-c search_path=x", connection.Options);
        Assert.Equal(SslMode.Require, Postgres("postgresql://host/db?sslmode=require").SslMode);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("postgresql://user@a:5433,b/db", "a:5433 b:5432")]
    [InlineData("postgresql://user:x,y@a,b:5433,[::1]/db", "a:5432 b:5433 [::1]:5432")]
    [InlineData("postgresql://user@a,b,a/db", "a:5432 b:5432")]
    [InlineData("postgresql:///db?host=a,b&port=5433", "a:5433 b:5433")]
    [InlineData("postgresql://user@a/db", "a:5432")]
    public Task Several_servers_are_named_side_by_side(string uri, string servers)
    {
        Assert.Equal(servers.Split(' '), ((DatabaseUri.Postgres)DatabaseUri.Parse(uri)).Servers);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("", "a:5432")]
    [InlineData("b", "a:5432 b:5432")]
    [InlineData(" b:5433 , [::1]:5434,", "a:5432 b:5433 [::1]:5434")]
    [InlineData("a,b", "a:5432 b:5432")]
    [InlineData("postgresql://user:s3cret@b:5433/db", "a:5432 b:5433")]
    [InlineData("postgresql://b/db, c", "a:5432 b:5432 c:5432")]
    public Task Replicas_are_hosts_or_whole_addresses(string replicas, string servers)
    {
        var database = DatabaseUri.Parse("postgresql://user:s3cret@a/db").With(replicas);
        Assert.Equal(servers.Split(' '), ((DatabaseUri.Postgres)database).Servers);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("postgresql://user:s3cret@a/db", "b/db")]
    [InlineData("postgresql://user:s3cret@a/db", "user:s3cret@b")]
    [InlineData("postgresql://user:s3cret@a/db", "b:port")]
    [InlineData("postgresql://user:s3cret@a/db", "postgresql://user:other-s3cret@b/db")]
    [InlineData("postgresql://user:s3cret@a/db", "postgresql://other:s3cret@b/db")]
    [InlineData("postgresql://user:s3cret@a/db", "postgresql://user:s3cret@b/other")]
    [InlineData("postgresql://user:s3cret@a/db", "mysql://user:s3cret@b/db")]
    [InlineData("postgresql://user:s3cret@a/db", "sqlite:///pamps.db")]
    [InlineData("sqlite:///pamps.db", "b")]
    public Task Replicas_that_cannot_be_are_refused_in_one_line_without_the_password(
        string uri,
        string replicas
    )
    {
        var refusal = Assert.Throws<UserErrorException>(() => DatabaseUri.Parse(uri).With(replicas));
        Assert.StartsWith("PAMPS_DB__REPLICAS ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("")]
    [InlineData("pamps.db")]
    [InlineData("mysql://user:s3cret@host/db")]
    [InlineData("user:s3cret@host/db")]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///")]
    [InlineData("sqlite:///:memory:")]
    [InlineData("sqlite://:memory:")]
    [InlineData("sqlite:///folder/")]
    [InlineData("sqlite:///pamps.db?mode=ro")]
    [InlineData("sqlite:pamps.db")]
    [InlineData("postgresql")]
    [InlineData("postgresql://user:s3cret@host")]
    [InlineData("postgresql://user:s3cret@host/")]
    [InlineData("postgresql://user:s3cret@host:port/db")]
    [InlineData("postgresql://user:s3cret#1@host/db")]
    [InlineData("postgresql://user:s3cret@host,/db")]
    [InlineData("postgresql://user:s3cret@host,other:port/db")]
    [InlineData("postgresql://user:s3cret@host/db?sslmode=s3cret")]
    [InlineData("postgresql://user:s3cret@host/db?connect_timeout=s3cret")]
    [InlineData("postgresql://user:s3cret@host/db?connect_timeout=-1")]
    [InlineData("postgresql://user:s3cret@host/db?port=s3cret")]
    [InlineData("postgresql://user@host/db?pgbouncer=s3cret")]
    [InlineData("postgresql://user@host/db?password=s3cret")]
    [InlineData("postgresql://user@host/db?s3cret")]
    public Task What_cannot_be_read_is_refused_in_one_line_without_the_password(string uri)
    {
        var refusal = Assert.Throws<UserErrorException>(() => DatabaseUri.Parse(uri));
        Assert.StartsWith("PAMPS_DB__URI ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        return Task.CompletedTask;
    }

    private static NpgsqlConnectionStringBuilder Postgres(string uri) =>
        Assert.IsType<DatabaseUri.Postgres>(DatabaseUri.Parse(uri)).Connection;
}
