using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Notifications;

/// <summary>Reads and changes what somebody wants to be told of. It holds for what happens from then on.</summary>
public sealed class EditNotificationPolicy
{
    /// <summary>How many days an account counts as new.</summary>
    public const int NewDays = 30;

    private static readonly string[] Words = ["accept", "aside", "drop"];

    private readonly Writer writer;
    private readonly Sql sql;

    internal EditNotificationPolicy(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>The word for a choice.</summary>
    public static string WordOf(PolicyChoice choice) => Words[(int)choice];

    /// <summary>What the viewer wants to be told of.</summary>
    public async Task<NotificationPolicyView> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        var select = Select(viewer);
        return await sql.FirstAsync(select.Sql, Read, ct, [.. select.Parameters])
            ?? NotificationPolicyView.Open;
    }

    /// <summary>Changes that, and answers with all of it. Refused when a word is none of the three.</summary>
    public async Task<Result<NotificationPolicyView>> RunAsync(
        Viewer viewer,
        PolicyEdit edit,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        var notFollowing = errors.Take("not_following", Parse("not_following", edit.NotFollowing));
        var notFollowers = errors.Take("not_followers", Parse("not_followers", edit.NotFollowers));
        var newAccounts = errors.Take("new_accounts", Parse("new_accounts", edit.NewAccounts));
        var direct = errors.Take("direct", Parse("direct", edit.Direct));
        if (errors.Any(out var error))
        {
            return error;
        }
        return await writer.RunAsync<NotificationPolicyView>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                var policy = await write.FirstAsync(Select(viewer), Read) ?? NotificationPolicyView.Open;
                policy = new NotificationPolicyView(
                    notFollowing ?? policy.NotFollowing,
                    notFollowers ?? policy.NotFollowers,
                    newAccounts ?? policy.NewAccounts,
                    direct ?? policy.Direct
                );
                // Who wants to be told of everything has no row: nearly all, and each notification looks for one.
                write.Then(
                    policy == NotificationPolicyView.Open
                        ? new Statement(
                            "DELETE FROM notification_policy WHERE user_id = @user_id",
                            ("user_id", viewer.Id)
                        )
                        : new Statement(
                            """
                            INSERT INTO notification_policy (user_id, not_following, not_followers, new_accounts, direct)
                            VALUES (@user_id, @not_following, @not_followers, @new_accounts, @direct)
                            ON CONFLICT (user_id) DO UPDATE
                            SET not_following = excluded.not_following, not_followers = excluded.not_followers,
                                new_accounts = excluded.new_accounts, direct = excluded.direct
                            """,
                            ("user_id", viewer.Id),
                            ("not_following", (short)policy.NotFollowing),
                            ("not_followers", (short)policy.NotFollowers),
                            ("new_accounts", (short)policy.NewAccounts),
                            ("direct", (short)policy.Direct)
                        )
                );
                return policy;
            },
            cancellationToken
        );
    }

    private static Statement Select(Viewer viewer) =>
        new(
            """
            SELECT y.not_following, y.not_followers, y.new_accounts, y.direct
            FROM notification_policy y WHERE y.user_id = @user_id
            """,
            ("user_id", viewer.Id)
        );

    private static NotificationPolicyView Read(System.Data.Common.DbDataReader row) =>
        new(
            (PolicyChoice)row.GetInt16(0),
            (PolicyChoice)row.GetInt16(1),
            (PolicyChoice)row.GetInt16(2),
            (PolicyChoice)row.GetInt16(3)
        );

    private static Result<PolicyChoice?> Parse(string field, string? word) =>
        word is null ? (PolicyChoice?)null
        : Array.IndexOf(Words, word) is var place and >= 0 ? (PolicyChoice?)place
        : Error.Invalid(field, "unknown_word", $"{field} is one of {string.Join(", ", Words)}.");
}
