using Pamps.Core.Reads;

namespace Pamps.Core.Users;

internal static class FindUser
{
    /// <summary>
    /// The id of the user of that name, ignoring case; null when there is none for the viewer: who blocks somebody is not there
    /// for them.
    /// </summary>
    public static Task<long?> FindUserIdAsync(
        this Sql sql,
        Viewer? viewer,
        string username,
        CancellationToken ct
    ) =>
        sql.FirstAsync(
            IdByName.For(viewer),
            row => (long?)row.GetInt64(0),
            ct,
            [.. UserRows.Parameters(viewer), ("key", Names.Key(username))]
        );

    private static readonly ByViewer<string> IdByName = new(viewer =>
        $"SELECT u.id FROM \"user\" u WHERE {UserSql.HasName("@key")} AND {IsThere(viewer)}"
    );

    /// <summary>The condition that the user <c>u</c> is there for the viewer.</summary>
    public static string IsThere(Viewer? viewer) =>
        viewer is null ? UserSql.IsSeen : $"{UserSql.IsSeen} AND {BlockSql.NotBy("u.id", "@viewer")}";
}
