using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>What is said of second factors in SQL, once.</summary>
internal static class SecondFactorSql
{
    /// <summary>The second factors <c>s</c> that sign-ins ask for, to stand after FROM and before AND.</summary>
    public const string InForce = "second_factor s WHERE s.confirmed_at IS NOT NULL";

    /// <summary>The statements that give an account these recovery codes in place of those it has.</summary>
    public static IEnumerable<Statement> RenewCodes(Write write, long userId, IEnumerable<string> hashes) =>
        [
            DropCodes(userId),
            .. hashes.Select(hash => new Statement(
                "INSERT INTO recovery_code (user_id, hash, created_at) VALUES (@id, @hash, @now)",
                ("id", userId),
                ("hash", hash),
                ("now", write.Now)
            )),
        ];

    /// <summary>The statement that takes all of an account's recovery codes away.</summary>
    public static Statement DropCodes(long userId) =>
        new("DELETE FROM recovery_code WHERE user_id = @id", ("id", userId));
}
