namespace Pamps.Core.Users;

/// <summary>The condition that nobody blocks whom.</summary>
internal static class BlockSql
{
    /// <summary>
    /// Neither blocks the other. Whether the viewer blocks anybody or is blocked is asked once for a statement.
    /// </summary>
    /// <param name="viewer">An expression for the viewer's id.</param>
    /// <param name="other">An expression for the other's id.</param>
    public static string NoneBetween(string viewer, string other) =>
        $"""
            CASE WHEN EXISTS (SELECT 1 FROM block b WHERE b."from" = {viewer})
                OR EXISTS (SELECT 1 FROM block b WHERE b."to" = {viewer})
            THEN NOT EXISTS (SELECT 1 FROM block b WHERE b."from" = {viewer} AND b."to" = {other})
                AND NOT EXISTS (SELECT 1 FROM block b WHERE b."from" = {other} AND b."to" = {viewer})
            ELSE true END
            """;

    /// <summary>The other does not block the viewer: whom one blocks oneself one still finds, to end that.</summary>
    public static string NotBy(string other, string viewer) =>
        $"NOT EXISTS (SELECT 1 FROM block b WHERE b.\"from\" = {other} AND b.\"to\" = {viewer})";
}

/// <summary>The condition that somebody is not muted.</summary>
internal static class MuteSql
{
    /// <summary>
    /// The mute <c>m</c> has not ended by itself. By the database's clock, to the second: so that no statement need bring the time.
    /// </summary>
    public const string Stands = "(m.until IS NULL OR m.until > CURRENT_TIMESTAMP)";

    /// <summary>The viewer has not muted the other.</summary>
    public static string None(string viewer, string other) =>
        $"""
            CASE WHEN EXISTS (SELECT 1 FROM mute m WHERE m."from" = {viewer})
            THEN NOT EXISTS (SELECT 1 FROM mute m WHERE m."from" = {viewer} AND m."to" = {other} AND {Stands})
            ELSE true END
            """;

    /// <summary>The viewer has not muted the other's notifications.</summary>
    public static string NotSilent(string viewer, string other) =>
        $"""
            CASE WHEN EXISTS (SELECT 1 FROM mute m WHERE m."from" = {viewer})
            THEN NOT EXISTS (
                SELECT 1 FROM mute m WHERE m."from" = {viewer} AND m."to" = {other} AND m.notifications AND {Stands}
            )
            ELSE true END
            """;
}
