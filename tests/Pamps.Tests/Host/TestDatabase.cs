using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Pamps.Tests.Host;

/// <summary>A database of a test's own: empty, or with the schema in it.</summary>
public static class TestDatabase
{
    private const string SqliteScheme = "sqlite:///";

    private static readonly string Folder = Directory.CreateTempSubdirectory("pamps-tests-").FullName;

    static TestDatabase() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            SqliteConnection.ClearAllPools();
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException)
            {
                // A server that other tests share has written there meanwhile.
            }
        };

    /// <summary>A folder that goes with the test run.</summary>
    public static string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>The URI of a new, empty database. On PostgreSQL it really exists.</summary>
    /// <param name="database">Of which product.</param>
    /// <param name="encoding">In which encoding, where PostgreSQL's is not to be the usual one.</param>
    public static async Task<string> CreateAsync(Database database, string? encoding = null)
    {
        if (database == Database.Sqlite)
        {
            return $"{SqliteScheme}{Path.Combine(NewFolder(), "pamps_test.db")}";
        }
        return await CreateOnPostgresAsync(
            encoding is null ? "" : $"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
        );
    }

    private static async Task<string> CreateOnPostgresAsync(string how)
    {
        var server = PostgresServer();
        var name = $"pamps_test_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(ToConnectionString(server));
        await using var command = source.CreateCommand($"CREATE DATABASE {name} {how}");
        await command.ExecuteNonQueryAsync();
        return new UriBuilder(server) { Path = name }.Uri.ToString();
    }

    /// <summary>The URI of a copy of a database that nobody has open.</summary>
    public static async Task<string> CopyAsync(Database database, string source)
    {
        if (database == Database.Sqlite)
        {
            var uri = await CreateAsync(database);
            File.Copy(source[SqliteScheme.Length..], uri[SqliteScheme.Length..]);
            return uri;
        }
        return await CreateOnPostgresAsync($"TEMPLATE {new Uri(source).AbsolutePath.Trim('/')}");
    }

    /// <summary>An open connection, past the program.</summary>
    public static async Task<DbConnection> OpenAsync(string uri)
    {
        DbConnection connection = uri.StartsWith(SqliteScheme, StringComparison.Ordinal)
            ? new SqliteConnection($"Data Source={uri[SqliteScheme.Length..]};Pooling=False")
            : new NpgsqlConnection(ToConnectionString(new Uri(uri)) + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public static string ToConnectionString(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = uri.AbsolutePath.Trim('/'),
            MaxPoolSize = 4,
        }.ToString();
    }

    /// <summary>The PostgreSQL server that tests may make databases on.</summary>
    public static Uri PostgresServer() =>
        Environment.GetEnvironmentVariable("PAMPS_TEST_POSTGRES") is { Length: > 0 } uri
            ? new Uri(uri)
            : throw new InvalidOperationException(
                "Tests need a PostgreSQL server. ./test.sh brings one up; or set PAMPS_TEST_POSTGRES=postgresql://user:password@host:port/postgres to one where they may make databases."
            );
}
