using System.Globalization;
using System.Net;
using Pamps.Auth;
using Sprache;

namespace Template._1;

/// <summary>What the environment says, or what serves where it says nothing.</summary>
internal sealed record Settings
{
    public required string Address { get; init; }
    public required string SecretKey { get; init; }
    public required string[] Origins { get; init; }
#if (STORED)
    public required string Connection { get; init; }
#endif

    /// <summary>What may stand on the command line, and what the framework's own tools put there.</summary>
    private static readonly string[] Names =
    [
        "--HOST",
        "--PORT",
        "--SECRET_KEY",
        "--APP_ORIGIN",
#if (STORED)
        "--DATABASE_URL",
#endif
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
            DotNetEnv.Env.NoClobber().Load();
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
                    $"Unknown argument {name}; a setting looks like --PORT=8000, see README.md."
                );
            }
        }
    }

    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static Settings Read(IConfiguration from) =>
        new()
        {
            Address = ReadAddress(Value(from, "HOST") ?? "127.0.0.1", Value(from, "PORT") ?? "8000"),
            SecretKey = ReadKey(Value(from, "SECRET_KEY") ?? SecretKeyFile.ReadOrMake("secret.key")),
            Origins = [.. (Value(from, "APP_ORIGIN") ?? "").Split(',').Select(ReadOrigin).OfType<string>()],
#if (STORED)
            Connection = Database.ReadUrl(Value(from, "DATABASE_URL") ?? Database.DefaultUrl),
#endif
        };

    private static string? Value(IConfiguration from, string name) =>
        from[name] is { Length: > 0 } value ? value : null;

    private static string ReadAddress(string host, string port) =>
        host != "localhost" && !IPAddress.TryParse(host, out _)
            ? throw new FormatException($"HOST is '{host}'; it must be an IP address or localhost.")
        : !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? throw new FormatException($"PORT is '{port}'; it must be a number from 0 to 65535.")
        : new UriBuilder("http", host, number).ToString();

    private static string ReadKey(string key) =>
        key.Length >= 32
            ? key
            : throw new FormatException($"SECRET_KEY must have at least 32 characters, it has {key.Length}.");

    private static string? ReadOrigin(string text) =>
        text.Trim() is not { Length: > 0 } origin ? null
        : Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? uri.GetLeftPart(UriPartial.Authority)
        : throw new FormatException($"APP_ORIGIN has '{origin}'; it must look like http://localhost:3000.");
}
