using System.Net;
using Microsoft.Data.Sqlite;
using Pamps.Auth;

namespace Orders;

/// <summary>What the environment says, or what serves where it says nothing.</summary>
internal sealed record Settings(string Address, string SecretKey, string Database)
{
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static Settings Read(IConfiguration from)
    {
        string Value(string name, string otherwise) => from[name] is { Length: > 0 } it ? it : otherwise;
        var (host, port) = (Value("HOST", "127.0.0.1"), Value("PORT", "8000"));
        if (
            !ushort.TryParse(port, out var number)
            || (host != "localhost" && !IPAddress.TryParse(host, out _))
        )
        {
            throw new FormatException(
                $"HOST is an IP address or localhost, PORT 0 to 65535; not {host}, {port}."
            );
        }
        if (from["SECRET_KEY"] is { Length: > 0 and < 32 })
        {
            throw new FormatException("SECRET_KEY is too short: it needs at least 32 characters.");
        }
        var url = Value("DATABASE_URL", "sqlite:///orders.db");
        if (url.Split(":///") is not ["sqlite", { Length: > 0 } path])
        {
            throw new FormatException(
                "DATABASE_URL must look like sqlite:///orders.db, the one kind Orders knows."
            );
        }
        return new(
            new UriBuilder("http", host, number).ToString(),
            from["SECRET_KEY"] is { Length: > 0 } key ? key : SecretKeyFile.ReadOrMake("secret.key"),
            new SqliteConnectionStringBuilder { DataSource = path }.ToString()
        );
    }
}
