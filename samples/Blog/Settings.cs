using Microsoft.Data.Sqlite;
using Npgsql;
using Samples;

namespace Blog;

/// <summary>What the environment says, or what serves where it says nothing.</summary>
internal sealed record Settings(string Address, string SecretKey, bool Postgres, string Database)
{
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static Settings Read(IConfiguration from)
    {
        var (postgres, database) = ReadDatabase(Start.Value(from, "DATABASE_URL") ?? "sqlite:///blog.db");
        return new(Start.Address(from, "8002"), Start.SecretKey(from), postgres, database);
    }

    private static (bool Postgres, string Connection) ReadDatabase(string url)
    {
        if (url.Split(":///") is ["sqlite", { Length: > 0 } path])
        {
            return (false, new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        }
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "postgresql", AbsolutePath.Length: > 1 }
        )
        {
            // Not shown: it may hold a password.
            throw new FormatException(
                "DATABASE_URL must look like sqlite:///blog.db or postgresql://user:password@host:5432/blog."
            );
        }
        var user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        return (true, connection.ToString());
    }
}
