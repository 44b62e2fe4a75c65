using System.Net;
using DotNetEnv;
using Microsoft.Data.Sqlite;
using Npgsql;
using Pamps.Auth;
using Sprache;

namespace Blog;

/// <summary>What the environment says, or what serves where it says nothing.</summary>
internal sealed record Settings(string Address, string SecretKey, bool Postgres, string Database)
{
    /// <summary>What may stand on the command line, and what the framework's own tools put there.</summary>
    private static readonly string[] Names =
    [
        "--HOST",
        "--PORT",
        "--SECRET_KEY",
        "--DATABASE_URL",
        "--applicationName",
        "--contentRoot",
        "--environment",
    ];

    /// <summary>Adds what .env says, if there is one, to the environment, which wins.</summary>
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static void LoadDotEnv()
    {
        try
        {
            Env.NoClobber().Load();
        }
        catch (ParseException wrong)
        {
            throw new FormatException($"Line {wrong.Position?.Line} of .env is not NAME=value.");
        }
    }

    /// <summary>Refuses what the framework would pass over: a setting is --NAME=value or --NAME value.</summary>
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static void Check(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            var known = Names.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!known || (name == args[i] && ++i == args.Length))
            {
                throw new FormatException(
                    $"Unknown argument {name}; a setting looks like --PORT=8002, see README.md."
                );
            }
        }
    }

    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static Settings Read(IConfiguration from)
    {
        string Value(string name, string otherwise) => from[name] is { Length: > 0 } it ? it : otherwise;
        var (host, port) = (Value("HOST", "127.0.0.1"), Value("PORT", "8002"));
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
        var (postgres, database) = ReadDatabase(Value("DATABASE_URL", "sqlite:///blog.db"));
        return new(
            new UriBuilder("http", host, number).ToString(),
            from["SECRET_KEY"] is { Length: > 0 } key ? key : SecretKeyFile.ReadOrMake("secret.key"),
            postgres,
            database
        );
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
