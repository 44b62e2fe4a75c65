namespace Pamps.Core.Writes;

/// <summary>Locks users before the next look, for who looks and then changes what depends on it.</summary>
internal static class UserLocks
{
    /// <summary>Locks a user and with them their account: of two at once the later sees what the earlier did, in both tables.</summary>
    public static void LockUser(this Write write, long id) => write.LockUser("u.id = @whom", id);

    /// <inheritdoc cref="LockUser(Write, long)" />
    /// <param name="write">The operation's.</param>
    /// <param name="condition">The condition on <c>u</c> by which the user is found; trusted.</param>
    /// <param name="whom">The value of its parameter <c>whom</c>.</param>
    public static void LockUser(this Write write, string condition, object whom) =>
        write.Before(
            write.Dialect.Lock(
                $"SELECT 1 FROM \"user\" u WHERE {condition}{write.Dialect.ForNoKeyUpdate("u")}",
                ("whom", whom)
            )
        );

    /// <summary>The same against all that refers to the user, too: what they are just writing is committed before, or not at all.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="condition">The condition on <c>u</c> by which the user is found; trusted.</param>
    /// <param name="whom">The value of its parameter <c>whom</c>.</param>
    public static void LockUserAndTheirWrites(this Write write, string condition, object whom) =>
        write.Before(
            write.Dialect.Lock(
                $"SELECT 1 FROM \"user\" u WHERE {condition}{write.Dialect.ForUpdate("u")}",
                ("whom", whom)
            )
        );
}
