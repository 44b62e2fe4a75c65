using System.Net;
using DotNetEnv;
using Microsoft.Data.Sqlite;
using Pamps.Auth;
using Sprache;

namespace Orders;

/// <summary>What the environment says, or what serves where it says nothing.</summary>
internal sealed record Settings(string Address, string SecretKey, string Database)
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
        if (args is ["make-admin", _])
        {
            return;
        }
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            var known = Names.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!known || (name == args[i] && ++i == args.Length))
            {
                throw new FormatException(
                    $"Unknown argument {name}; there are make-admin EMAIL and settings such as --PORT=8001, see README.md."
                );
            }
        }
    }

    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static Settings Read(IConfiguration from)
    {
        string Value(string name, string otherwise) => from[name] is { Length: > 0 } it ? it : otherwise;
        var (host, port) = (Value("HOST", "127.0.0.1"), Value("PORT", "8001"));
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
