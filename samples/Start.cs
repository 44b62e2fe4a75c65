using System.Net;
using DotNetEnv;
using Pamps.Auth;
using Sprache;

namespace Samples;

/// <summary>
/// What both samples do before anything else: they read their settings from .env, the environment and the command line. What is
/// wrong is a <see cref="FormatException"/> with one line for whoever started the program.
/// </summary>
internal static class Start
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
    /// <param name="args">The command line.</param>
    /// <param name="known">What there is instead.</param>
    public static void Check(string[] args, string known)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            var isName = Names.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!isName || (name == args[i] && ++i == args.Length))
            {
                throw new FormatException($"Unknown argument {name}; {known}, see README.md.");
            }
        }
    }

    /// <summary>A setting; one that is empty is not set.</summary>
    public static string? Value(IConfiguration from, string name) =>
        from[name] is { Length: > 0 } value ? value : null;

    /// <summary>Where the program listens: HOST and PORT.</summary>
    public static string Address(IConfiguration from, string usualPort)
    {
        var (host, port) = (Value(from, "HOST") ?? "127.0.0.1", Value(from, "PORT") ?? usualPort);
        return
            ushort.TryParse(port, out var number) && (host == "localhost" || IPAddress.TryParse(host, out _))
            ? new UriBuilder("http", host, number).ToString()
            : throw new FormatException(
                $"HOST is an IP address or localhost, PORT 0 to 65535; not {host}, {port}."
            );
    }

    /// <summary>What signs tokens: SECRET_KEY, or a key that is made once and kept.</summary>
    public static string SecretKey(IConfiguration from) =>
        Value(from, "SECRET_KEY") switch
        {
            null => SecretKeyFile.ReadOrMake("secret.key"),
            { Length: < 32 } => throw new FormatException(
                "SECRET_KEY is too short: it needs at least 32 characters."
            ),
            var key => key,
        };
}
