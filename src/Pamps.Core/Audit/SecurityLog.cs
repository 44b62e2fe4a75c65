using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;

namespace Pamps.Core.Audit;

/// <summary>
/// Keeps what concerns security: a line each in the server's log, and for the days of the settings rows of the table
/// <c>security_event</c>. What is the same within an hour is one row that counts, and of failed sign-ins, which anybody may
/// cause, an hour has so many rows and one for the rest: nobody fills the disk.
/// </summary>
internal sealed partial class SecurityLog(PampsOptions options, ILoggerFactory loggers)
{
    /// <summary>The category of the lines.</summary>
    public const string Category = "Pamps.Security";

    /// <summary>So many rows of failed sign-ins an hour has; then one counts the rest.</summary>
    public const int MostFailuresAnHour = 300;

    /// <summary>Of what happens again within this, no new row is made.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ILogger logger = loggers.CreateLogger(Category);

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
            ("key", KeyOf(happened, now)),
            ("kind", happened.Kind),
            ("user_id", happened.UserId),
            ("actor_id", happened.ActorId),
            ("network", happened.Network),
            ("detail", happened.Detail),
            ("now", now),
        ];
        if (happened.Kind != SecurityEventKinds.SignInFailed)
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
        var more = new SecurityEvent(happened.Kind, null, null, null, SecurityEventKinds.More);
        return new Statement(
            $"""
            INSERT INTO security_event AS e ({Columns})
            SELECT @id, CASE WHEN c.enough IS NULL THEN @key ELSE @more_key END, @kind,
                CASE WHEN c.enough IS NULL THEN CAST(@user_id AS bigint) END, NULL,
                CASE WHEN c.enough IS NULL THEN @network END,
                CASE WHEN c.enough IS NULL THEN NULL ELSE @more END, 1, @now, @now
            FROM (
                SELECT (
                    SELECT x.id FROM security_event x WHERE x.kind = @kind AND x.id >= @hour
                    ORDER BY x.id LIMIT 1 OFFSET @passed
                ) AS enough
            ) c
            WHERE true
            {CountsAgain}
            """,
            [
                .. values,
                ("more", more.Detail),
                ("more_key", KeyOf(more, now)),
                ("hour", Ids.At(BeginOfHour(now), 0)),
                ("passed", MostFailuresAnHour - 1),
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

    private static string KeyOf(SecurityEvent happened, DateTime now)
    {
        var all = string.Create(
            CultureInfo.InvariantCulture,
            $"{now.Ticks / TimeSpan.TicksPerHour}\n{happened.Kind}\n{happened.UserId}\n{happened.ActorId}\n{happened.Network}\n{happened.Detail}"
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
