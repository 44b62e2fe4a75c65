using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Remembers from which networks and with which programs each account was signed in to, and tells its owner by mail of a sign-in from
/// another. Only keyed hashes are kept, beside those of addresses and for as long.
/// </summary>
internal sealed class KnownDevices(IPurposeKeys keys, MailQueue mail)
{
    /// <summary>So long the first sign-in of a new account is told to nobody: whoever registers signs in.</summary>
    private static readonly TimeSpan New = TimeSpan.FromDays(1);

    /// <summary>How exactly it is kept when a sign-in was: what is fresher is not written again.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromDays(1);

    /// <summary>So old is an account that is told at an address that nobody has confirmed: it may be a stranger's.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromDays(7);

    /// <summary>In this time an account is told as often as there are <see cref="Mails"/>, whoever signs in.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What of a sign-in may be known: that there was one at all, the network, the program.</summary>
    private static readonly string[] Parts = ["account", "network", "program"];

    /// <summary>The mails of a day, each with a row that says when it was left.</summary>
    private static readonly string[] Mails = ["mail_1", "mail_2", "mail_3"];

    /// <summary>Columns that <see cref="Read"/> reads, of the account that signs in: <c>u</c> and <c>a</c>.</summary>
    public static string Columns { get; } =
        string.Join(
            ", ",
            [
                .. Parts.Select(x => Has(x, "known_since")),
                .. Mails.Select(x => Has(x, "told_since")),
                "u.created_at",
                "a.email_confirmed_at",
            ]
        );

    private static string Has(string part, string since) =>
        $"EXISTS (SELECT 1 FROM known_address k WHERE k.key = @{part}_key AND k.last_used_at > @{since})";

    /// <summary>What is looked up with the columns.</summary>
    public (string, object?)[] ParametersOf(long userId, string? network, string? client, DateTime now) =>
        [
            .. Parts.Zip(KeysOf(userId, network, client), (part, key) => ($"{part}_key", (object?)key)),
            .. Mails.Select(x => ($"{x}_key", (object?)KeyOfMail(userId, x))),
            ("known_since", now - SignInFailures.KnownFor),
            ("told_since", now - Day),
        ];

    /// <summary>Reads what there is.</summary>
    public static Found Read(DbDataReader row)
    {
        var after = Parts.Length + Mails.Length;
        return new(
            [.. Enumerable.Range(0, Parts.Length).Select(row.GetBoolean)],
            Mails.Where((_, i) => !row.GetBoolean(Parts.Length + i)).FirstOrDefault(),
            row.GetUtc(after),
            row.GetUtcOrNull(after + 1) is not null
        );
    }

    /// <summary>Leaves it to the commit that the sign-in is remembered, and that its owner is told of one that is like none before.</summary>
    public void Remember(
        Write write,
        long userId,
        string? network,
        string? client,
        string? language,
        Found found
    )
    {
        // Whoever says no network or program is known by the other.
        var isLikeBefore = found.Known[0] && found.Known[1] && found.Known[2];
        var isFirst = !found.Known[0] && found.CreatedAt > write.Now - New;
        write.Then(KeysOf(userId, network, client).Select(key => Keep(key, write.Now)));
        var isTheirs = found.IsConfirmed || found.CreatedAt <= write.Now - Trusted;
        // The account is locked: no other sign-in takes the same mail. A site without mail uses none up.
        if (!isLikeBefore && !isFirst && isTheirs && mail.IsOpen && found.FreeMail is { } free)
        {
            write.Then(Keep(KeyOfMail(userId, free), write.Now));
            mail.Leave(write, MailSubject.NewLogin, userId, language, detail: NameOf(client));
        }
    }

    private static Statement Keep(string key, DateTime now) =>
        new(
            """
            INSERT INTO known_address AS k (key, last_used_at) VALUES (@key, @now)
            ON CONFLICT (key) DO UPDATE SET last_used_at = excluded.last_used_at WHERE k.last_used_at <= @before
            """,
            ("key", key),
            ("now", now),
            ("before", now - Grain)
        );

    private string[] KeysOf(long userId, string? network, string? client) =>
        // Of a program only what it is called: each new version were another, and whoever signs in chose how many rows there are.
        [KeyOf(userId, 0, ""), KeyOf(userId, 1, network ?? ""), KeyOf(userId, 2, NameOf(client) ?? "")];

    private string KeyOfMail(long userId, string which) => KeyOf(userId, 3, which);

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

    /// <summary>What was found of an account that signs in.</summary>
    /// <param name="Known">Which of the parts are known, in their order.</param>
    /// <param name="FreeMail">Which mail was not left within a day; null when all were.</param>
    /// <param name="CreatedAt">Since when the account is there.</param>
    /// <param name="IsConfirmed">Whether a link that was sent to its address was opened.</param>
    internal sealed record Found(bool[] Known, string? FreeMail, DateTime CreatedAt, bool IsConfirmed);
}
