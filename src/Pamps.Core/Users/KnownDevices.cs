using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Remembers from which networks and with which programs each account was signed in to, and tells its owner by mail of a sign-in from
/// another. Only keyed hashes are kept, beside those of addresses and for as long.
/// </summary>
internal sealed partial class KnownDevices(IPurposeKeys keys, MailQueue mail)
{
    /// <summary>So long the first sign-in of a new account is told to nobody: whoever registers signs in.</summary>
    private static readonly TimeSpan New = TimeSpan.FromDays(1);

    /// <summary>How exactly it is kept when a sign-in was: what is fresher is not written again.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromDays(1);

    /// <summary>What of a sign-in may be known: that there was one at all, the network, the program.</summary>
    private static readonly string[] Parts = ["account", "network", "program"];

    /// <summary>Columns that <see cref="Read"/> reads, of the account that signs in: <c>u</c>.</summary>
    public static string Columns { get; } =
        string.Join(
            ", ",
            Parts.Select(x =>
                $"EXISTS (SELECT 1 FROM known_address k WHERE k.key = @{x}_key AND k.last_used_at > @known_since)"
            )
        ) + ", u.created_at";

    /// <summary>What is looked up with the columns.</summary>
    public (string, object?)[] ParametersOf(long userId, string? network, string? client, DateTime now) =>
        [
            .. Parts.Zip(KeysOf(userId, network, client), (part, key) => ($"{part}_key", (object?)key)),
            ("known_since", now - SignInFailures.KnownFor),
        ];

    /// <summary>Which of the parts are known, in their order, and since when the account is there.</summary>
    public static (bool[] Known, DateTime CreatedAt) Read(DbDataReader row) =>
        ([.. Enumerable.Range(0, Parts.Length).Select(row.GetBoolean)], row.GetUtc(Parts.Length));

    /// <summary>Leaves it to the commit that the sign-in is remembered, and that its owner is told of one that is like none before.</summary>
    public void Remember(
        Write write,
        long userId,
        string? network,
        string? client,
        string? language,
        (bool[] Known, DateTime CreatedAt) found
    )
    {
        // Whoever says no network or program is known by the other.
        var isLikeBefore = found.Known[0] && found.Known[1] && found.Known[2];
        var isFirst = !found.Known[0] && found.CreatedAt > write.Now - New;
        write.Then(
            KeysOf(userId, network, client)
                .Select(key => new Statement(
                    """
                    INSERT INTO known_address AS k (key, last_used_at) VALUES (@key, @now)
                    ON CONFLICT (key) DO UPDATE SET last_used_at = excluded.last_used_at WHERE k.last_used_at < @before
                    """,
                    ("key", key),
                    ("now", write.Now),
                    ("before", write.Now - Grain)
                ))
        );
        if (!isLikeBefore && !isFirst)
        {
            mail.Leave(write, MailSubject.NewLogin, userId, language, detail: NameOf(client));
        }
    }

    private string[] KeysOf(long userId, string? network, string? client) =>
        // Without numbers, or each new version of a browser were another.
        [
            KeyOf(userId, 0, ""),
            KeyOf(userId, 1, network ?? ""),
            KeyOf(userId, 2, Digits().Replace(client ?? "", "")),
        ];

    private string KeyOf(long userId, int part, string value) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(
                keys.Of("pamps known devices"),
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{userId}\n{part}\n{value}")
                )
            )
        );

    /// <summary>
    /// What a program is called, of what it says of itself, in words of our own: whoever signs in as somebody else writes nothing into
    /// their mail. Null when it is none of those that people have.
    /// </summary>
    private static string? NameOf(string? client)
    {
        string?[] words = [First(Browsers), First(Systems)];
        return words is [null, null] ? null : string.Join(", ", words.Where(x => x is not null));

        string? First((string Sign, string Name)[] names) =>
            names
                .Where(x => client?.Contains(x.Sign, StringComparison.Ordinal) == true)
                .Select(x => x.Name)
                .FirstOrDefault();
    }

    /// <summary>In this order: many say to be those that come later, too.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ];

    [GeneratedRegex("[0-9.]+")]
    private static partial Regex Digits();
}
