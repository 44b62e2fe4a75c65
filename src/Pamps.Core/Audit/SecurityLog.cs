using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;

namespace Pamps.Core.Audit;

/// <summary>
/// Keeps what concerns security: a line each in the server's log, and for the days of the settings rows of the table
/// <c>security_event</c>. What is the same within an hour is one row that counts, unless it gives or takes rights. What people
/// cause by themselves has so many rows an hour; then networks are left out, so that one row counts the rest: nobody fills the
/// disk, and nobody hides by filling the log what is tried at another's account.
/// </summary>
internal sealed partial class SecurityLog(PampsOptions options, ILoggerFactory loggers)
{
    /// <summary>So many rows an hour failed sign-ins of accounts have; then one for each account counts the rest.</summary>
    public const int MostFailuresAnHour = 300;

    /// <summary>So many they have with those; then one counts the rest of all accounts.</summary>
    public const int MostFailuresOfAll = 1000;

    /// <summary>So many rows an hour failed sign-ins of nobody have; then one counts the rest.</summary>
    public const int MostUnknownAnHour = 50;

    /// <summary>So many rows an hour each kind has of what an account does by itself; then one counts the rest.</summary>
    public const int MostOfAnAccountAnHour = 20;

    /// <summary>Of what happens again within this, no new row is made.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ILogger logger = loggers.CreateLogger(SecurityEventKinds.Category);

    /// <summary>The statement that keeps an event, to be run with the deed; null when only lines are wanted.</summary>
    public Statement? Keep(SecurityEvent happened, long id, DateTime now)
    {
        if (options.Security.AuditDays == 0)
        {
            return null;
        }
        (string, object?)[] values =
        [
            ("id", id),
            ("key", KeyOf(happened, id, now)),
            ("kind", happened.Kind),
            ("user_id", happened.UserId),
            ("actor_id", happened.ActorId),
            ("network", happened.Network),
            ("detail", happened.Detail),
            ("now", now),
        ];
        if (LimitOf(happened) is not { } limit)
        {
            return new Statement(
                $"""
                INSERT INTO security_event AS e ({Columns})
                VALUES (@id, @key, @kind, @user_id, @actor_id, @network, @detail, 1, @now, @now)
                {CountsAgain}
                """,
                values
            );
        }
        var more = happened with { Network = null, Detail = SecurityEventKinds.More };
        var rest = more with { UserId = null, ActorId = null };
        var passed =
            $"SELECT x.id FROM security_event x WHERE x.kind = @kind AND x.id >= @hour AND {limit.Whose} ORDER BY x.id LIMIT 1";
        return new Statement(
            $"""
            INSERT INTO security_event AS e ({Columns})
            SELECT @id, CASE c.part WHEN 0 THEN @key WHEN 1 THEN @more_key ELSE @rest_key END, @kind,
                CASE WHEN c.part < 2 THEN CAST(@user_id AS bigint) END,
                CASE WHEN c.part < 2 THEN CAST(@actor_id AS bigint) END,
                CASE WHEN c.part = 0 THEN @network END,
                CASE WHEN c.part = 0 THEN @detail ELSE @more END, 1, @now, @now
            FROM (
                SELECT CASE
                    WHEN {Exists("@key")} OR ({passed} OFFSET @first) IS NULL THEN 0
                    WHEN {Exists("@more_key")} OR ({passed} OFFSET @second) IS NULL THEN 1
                    ELSE 2 END AS part
            ) c
            WHERE true
            {CountsAgain}
            """,
            [
                .. values,
                ("more", more.Detail),
                ("more_key", KeyOf(more, id, now)),
                ("rest_key", KeyOf(rest, id, now)),
                ("hour", Ids.At(BeginOfHour(now), 0)),
                ("first", limit.First - 1),
                ("second", limit.Second - 1),
            ]
        );
    }

    /// <summary>Says it in the server's log; to be called once the deed is durable.</summary>
    public void Tell(SecurityEvent happened) =>
        LogEvent(logger, happened.Kind, happened.UserId, happened.ActorId, happened.Network, happened.Detail);

    private const string Columns =
        "id, key, kind, user_id, actor_id, network, detail, count, created_at, last_at";

    private const string CountsAgain =
        "ON CONFLICT (key) DO UPDATE SET count = e.count + 1, last_at = excluded.last_at";

    private static DateTime BeginOfHour(DateTime now) => now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));

    private static string Exists(string key) =>
        $"EXISTS (SELECT 1 FROM security_event k WHERE k.key = {key})";

    /// <summary>
    /// How many rows an hour there may be before networks are left out, how many before accounts are, and of which rows that is
    /// said; null for what few can do, or only once.
    /// </summary>
    private static (int First, int Second, string Whose)? LimitOf(SecurityEvent happened) =>
        happened switch
        {
            { Kind: SecurityEventKinds.SignInFailed, UserId: null } => (
                MostUnknownAnHour,
                MostFailuresOfAll,
                "x.user_id IS NULL"
            ),
            { Kind: SecurityEventKinds.SignInFailed } => (
                MostFailuresAnHour,
                MostFailuresOfAll,
                "x.user_id IS NOT NULL"
            ),
            {
                Kind: SecurityEventKinds.SignIn
                    or SecurityEventKinds.SignOut
                    or SecurityEventKinds.LoginEnded
                    or SecurityEventKinds.PasswordChanged
                    or SecurityEventKinds.RecoveryCodesMade
                    or SecurityEventKinds.PasskeyRefused
                    or SecurityEventKinds.TokenReused
                    or SecurityEventKinds.ApplicationAllowed
                    or SecurityEventKinds.CodeReused
            } => (MostOfAnAccountAnHour, MostFailuresOfAll, "x.user_id = @user_id"),
            _ => null,
        };

    /// <summary>Whether each is a row of its own, since the order of such deeds tells who may do what.</summary>
    private static bool StandsAlone(string kind) =>
        kind
            is SecurityEventKinds.RoleChanged
                or SecurityEventKinds.AccountSuspended
                or SecurityEventKinds.AccountRestored
                or SecurityEventKinds.PasswordReset
                or SecurityEventKinds.ResetLinkMade
                or SecurityEventKinds.EmailChanged
                or SecurityEventKinds.SecondFactorSet
                or SecurityEventKinds.SecondFactorRemoved
                or SecurityEventKinds.PasskeyAdded
                or SecurityEventKinds.PasskeyRemoved
                or SecurityEventKinds.SettingsAtStart;

    private static string KeyOf(SecurityEvent happened, long id, DateTime now)
    {
        var alone = StandsAlone(happened.Kind) ? id : 0;
        var all = string.Create(
            CultureInfo.InvariantCulture,
            $"{now.Ticks / TimeSpan.TicksPerHour}\n{happened.Kind}\n{happened.UserId}\n{happened.ActorId}\n{happened.Network}\n{happened.Detail}\n{alone}"
        );
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 16));
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Kind} account={AccountId} by={ActorId} network={Network} detail={Detail}"
    )]
    private static partial void LogEvent(
        ILogger logger,
        string kind,
        long? accountId,
        long? actorId,
        string? network,
        string? detail
    );
}
