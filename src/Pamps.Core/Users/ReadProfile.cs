using Pamps.Core.Databases;
using Pamps.Core.Mail;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>Reads a user's profile: one of the hottest reads, so plain SQL.</summary>
public sealed class ReadProfile
{
    private const int HeaderPlace = 11;
    private const int RelationPlace = HeaderPlace + MediaRows.Count;
    private const int AccountPlace = RelationPlace + 5;

    private static readonly string Columns =
        $"{UserRows.Columns}, u.created_at, u.posts_count, u.followers_count, u.following_count, u.locked, u.fields, {MediaRows.ColumnsOf("h")}";

    /// <summary>What is between the viewer and the user, in the order of <see cref="RelationView"/>.</summary>
    private const string Relation = $"""
        EXISTS (SELECT 1 FROM social s WHERE s."from" = @viewer AND s."to" = u.id),
        EXISTS (SELECT 1 FROM follow_request r WHERE r."from" = @viewer AND r."to" = u.id),
        EXISTS (SELECT 1 FROM social s WHERE s."from" = u.id AND s."to" = @viewer),
        EXISTS (SELECT 1 FROM block b WHERE b."from" = @viewer AND b."to" = u.id),
        EXISTS (SELECT 1 FROM mute m WHERE m."from" = @viewer AND m."to" = u.id AND {MuteSql.Stands})
        """;

    private static readonly ByViewer<string> ByName = new(viewer =>
        $"SELECT {(viewer is null ? Columns : $"{Columns}, {Relation}")} FROM \"user\" u {ProfileMedia.WithHeader} WHERE {UserSql.HasName("@key")} AND {FindUser.IsThere(viewer)}"
    );

    private readonly Sql sql;

    internal ReadProfile(ReplicaSql sql) => this.sql = sql;

    /// <summary>
    /// The profile of the user of that name, ignoring case, for a viewer or for anyone. Refused when there is no such
    /// user.
    /// </summary>
    public async Task<Result<ProfileView>> RunAsync(Viewer? viewer, string username, CancellationToken ct)
    {
        var profile = await sql.FirstAsync(
            ByName.For(viewer),
            row => Read(row, viewer),
            ct,
            [.. UserRows.Parameters(viewer), ("key", Names.Key(username))]
        );
        return profile is null ? Error.UserNotFound : profile;
    }

    /// <summary>The viewer's own profile, with the e-mail address.</summary>
    public Task<Result<OwnProfileView>> RunForOneselfAsync(Viewer viewer, CancellationToken ct) =>
        OwnFromAsync(sql, viewer, ct);

    /// <summary>The same, read where the caller says: what was just written no replica has yet.</summary>
    internal static async Task<Result<OwnProfileView>> OwnFromAsync(
        Sql sql,
        Viewer viewer,
        CancellationToken ct
    )
    {
        var profile = await sql.FirstAsync(
            $"""
            SELECT {Columns}, {Relation}, a.email, a.media_bytes,
                EXISTS (SELECT 1 FROM moderation n WHERE n.user_id = @viewer AND n.seen_at IS NULL),
                {ConfirmedEmail.IsMissing}
            FROM {UserSql.WithAccount} {ProfileMedia.WithHeader} WHERE u.id = @viewer
            """,
            row => new OwnProfileView(
                Read(row, viewer),
                Email: row.GetString(AccountPlace),
                MediaBytes: row.GetInt64(AccountPlace + 1),
                HasNotices: row.GetBoolean(AccountPlace + 2),
                EmailNeeded: row.GetBoolean(AccountPlace + 3)
            ),
            ct,
            ("viewer", viewer.Id)
        );
        return profile is null ? Error.NotSignedIn : profile;
    }

    private static ProfileView Read(System.Data.Common.DbDataReader row, Viewer? viewer) =>
        new(
            UserRows.ReadAt(row, 0, isOwn: viewer?.Id == row.GetInt64(0)),
            CreatedAt: row.GetUtc(5),
            PostsCount: row.GetInt64(6),
            FollowersCount: row.GetInt64(7),
            FollowingCount: row.GetInt64(8),
            Locked: row.GetBoolean(9),
            Fields: new FieldsJson(row.GetStringOrNull(10)),
            Header: row.IsDBNull(HeaderPlace) ? null : MediaRows.ReadAt(row, HeaderPlace),
            Relation: viewer is null
                ? null
                : new RelationView(
                    Followed: row.GetBoolean(RelationPlace),
                    Requested: row.GetBoolean(RelationPlace + 1),
                    FollowsYou: row.GetBoolean(RelationPlace + 2),
                    Blocked: row.GetBoolean(RelationPlace + 3),
                    Muted: row.GetBoolean(RelationPlace + 4)
                )
        );
}
