using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Posts;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Operations.Maintenance;

/// <summary>One rule that the data must keep, and how many rows break it.</summary>
/// <param name="Name">The rule in a few words.</param>
/// <param name="Broken">How many rows break it.</param>
/// <param name="CanRepair">Whether a repair can mend it.</param>
public sealed record Finding(string Name, long Broken, bool CanRepair);

/// <summary>
/// Counts everything again and compares it with the counters kept in the rows; checks what two rows say of one thing, and the references.
/// </summary>
public sealed class Verify
{
    private readonly Writer writer;
    private readonly IDatabase database;

    internal Verify(Writer writer, IDatabase database) => (this.writer, this.database) = (writer, database);

    private sealed record Counter(string Name, string Table, string Column, string Count)
    {
        public Rule ToRule() =>
            new(Name, Table, Wrong: $"t.{Column} <> ({Count})", Mended: $"{Column} = ({Count})");
    }

    /// <summary>What rows <c>t</c> are wrong, and how they are set right.</summary>
    private sealed record Rule(string Name, string Table, string Wrong, string Mended);

    private static readonly Counter[] Counters =
    [
        new(
            "Likes of posts",
            "post",
            "likes_count",
            "SELECT count(*) FROM \"like\" x WHERE x.post_id = t.id"
        ),
        new(
            "Replies to posts",
            "post",
            "replies_count",
            $"SELECT count(*) FROM post x WHERE x.parent_id = t.id AND x.{Erasing.IsCounted}"
        ),
        new(
            "Posts of users",
            "user",
            "posts_count",
            $"SELECT count(*) FROM post x WHERE x.user_id = t.id AND x.{Erasing.IsCounted}"
        ),
        new(
            "Followers of users",
            "user",
            "followers_count",
            "SELECT count(*) FROM social x WHERE x.\"to\" = t.id"
        ),
        new(
            "Follows of users",
            "user",
            "following_count",
            "SELECT count(*) FROM social x WHERE x.\"from\" = t.id"
        ),
        new(
            "Bytes of people's pictures",
            "account",
            "media_bytes",
            "SELECT COALESCE(SUM(x.bytes), 0) FROM media x WHERE x.user_id = t.user_id"
        ),
        new(
            "Bytes of all pictures",
            "media_total",
            "bytes",
            "SELECT COALESCE(SUM(x.bytes), 0) FROM media_file x"
        ),
    ];

    /// <remarks>A version that does not know of pictures in profiles may run beside, and then gives them to posts or deletes them.</remarks>
    private static readonly Rule[] Rules =
    [
        .. Counters.Select(x => x.ToRule()),
        new(
            "Pictures in a post or a profile, not in both",
            "media",
            "t.post_id IS NOT NULL AND t.profile IS NOT NULL",
            "profile = NULL"
        ),
        new(
            "Pictures of profiles that are the avatar",
            "media",
            """
            t.profile = 1 AND NOT EXISTS (SELECT 1 FROM "user" x WHERE x.id = t.user_id AND (x.avatar = t.preview OR x.deleted_at IS NOT NULL))
            """,
            "profile = NULL"
        ),
        new(
            "Avatars by upload that are there",
            "user",
            // An address has a colon, the name of a file has none.
            """
            t.avatar NOT LIKE '%:%' AND NOT EXISTS (SELECT 1 FROM media x WHERE x.user_id = t.id AND x.profile = 1 AND x.preview = t.avatar)
            """,
            "avatar = NULL"
        ),
    ];

    private static readonly (string Table, string Column, string Target)[] References =
    [
        ("post", "user_id", "user"),
        ("post", "card_id", "card"),
        ("like", "user_id", "user"),
        ("like", "post_id", "post"),
        ("bookmark", "user_id", "user"),
        ("bookmark", "post_id", "post"),
        ("social", "from", "user"),
        ("social", "to", "user"),
        ("account", "user_id", "user"),
        ("login", "user_id", "user"),
        ("application_grant", "application_id", "application"),
        ("application_grant", "login_id", "login"),
        ("notification", "user_id", "user"),
        ("notification", "actor_id", "user"),
        ("notification", "post_id", "post"),
        ("mention", "post_id", "post"),
        ("mention", "user_id", "user"),
        ("hashtag", "post_id", "post"),
        ("audience", "post_id", "post"),
        ("audience", "user_id", "user"),
        ("block", "from", "user"),
        ("block", "to", "user"),
        ("mute", "from", "user"),
        ("mute", "to", "user"),
        ("follow_request", "from", "user"),
        ("follow_request", "to", "user"),
        ("media", "user_id", "user"),
        ("media", "post_id", "post"),
        ("second_factor", "user_id", "user"),
        ("recovery_code", "user_id", "user"),
        ("passkey", "user_id", "user"),
        ("filter", "user_id", "user"),
        ("notification_policy", "user_id", "user"),
        ("notification_accepted", "user_id", "user"),
        ("notification_accepted", "actor_id", "user"),
        ("notification_aside", "user_id", "user"),
        ("notification_aside", "actor_id", "user"),
        ("notification_aside", "post_id", "post"),
        ("invitation", "user_id", "user"),
        ("registration", "user_id", "user"),
        ("archive", "user_id", "user"),
        ("import", "user_id", "user"),
        ("imported_post", "user_id", "user"),
        ("report", "user_id", "user"),
        ("report", "reporter_id", "user"),
        ("report_post", "report_id", "report"),
        ("moderation", "user_id", "user"),
    ];

    /// <summary>How many rules there are: one step of progress each.</summary>
    public static int Steps => Rules.Length + References.Length;

    /// <summary>Checks every rule, and mends what can be when asked to.</summary>
    /// <param name="repair">Whether wrong counters, and what two rows say otherwise, are set right.</param>
    /// <param name="progress">Told each finding as it is known.</param>
    /// <param name="cancellationToken">Stops between rules.</param>
    /// <returns>All findings as they were found, before any repair.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        bool repair,
        IProgress<Finding>? progress,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        foreach (var (name, table, wrong, mended) in Rules)
        {
            var broken = await database.CountAsync(
                $"SELECT count(*) FROM \"{table}\" t WHERE {wrong}",
                cancellationToken
            );
            Report(new Finding(name, broken, CanRepair: true));
            if (repair && broken > 0)
            {
                await RepairAsync($"UPDATE \"{table}\" AS t SET {mended} WHERE {wrong}", cancellationToken);
            }
        }
        foreach (var (table, column, target) in References)
        {
            var broken = await database.CountAsync(
                $"""
                SELECT count(*) FROM "{table}" t
                WHERE t."{column}" IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM "{target}" x WHERE x.id = t."{column}")
                """,
                cancellationToken
            );
            Report(new Finding($"{table}.{column} refers to a {target}", broken, CanRepair: false));
        }
        return findings;

        void Report(Finding finding)
        {
            findings.Add(finding);
            progress?.Report(finding);
        }
    }

    private Task<Result<Done>> RepairAsync(string sql, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                // As long as counting took: the database's usual patience ends where tables are large.
                write.Then(new Statement(sql) { Patience = TimeSpan.Zero });
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken
        );
}
