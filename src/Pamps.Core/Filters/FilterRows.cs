using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Databases;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Filters;

/// <summary>
/// Filters as they are kept: a row each, with its keywords in a column, since nobody asks for one of those without the rest. An account's
/// <c>filters_version</c> is another number after each change of them, and 0 while there are none.
/// </summary>
internal static class FilterRows
{
    public const string Columns = "f.id, f.title, f.places, f.action, f.expires_at, f.keywords";

    private static readonly FilterKeywordsJson Context = new(KeptJson.NewOptions());

    /// <summary>All of the viewer's, the oldest first.</summary>
    public static Statement AllOf(long userId) =>
        new(
            $"SELECT {Columns} FROM filter f WHERE f.user_id = @user_id ORDER BY f.id LIMIT {EditFilters.Most}",
            ("user_id", userId)
        );

    public static FilterView Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            (FilterPlaces)row.GetInt16(2),
            (FilterAction)row.GetInt16(3),
            row.GetUtcOrNull(4),
            JsonSerializer.Deserialize(row.GetString(5), Context.FilterKeywordArray) ?? []
        );

    public static Statement New(FilterView filter, long userId) =>
        new(
            """
            INSERT INTO filter (id, user_id, title, places, action, expires_at, keywords)
            VALUES (@id, @user_id, @title, @places, @action, @expires_at, @keywords)
            """,
            [.. Values(filter), ("user_id", userId)]
        );

    public static Statement Replace(FilterView filter) =>
        new(
            """
            UPDATE filter SET title = @title, places = @places, action = @action, expires_at = @expires_at, keywords = @keywords
            WHERE id = @id
            """,
            Values(filter)
        );

    /// <summary>Has everybody who keeps somebody's filters ready read them again.</summary>
    public static Statement Changed(Write write, long userId, bool hasSome = true) =>
        new(
            "UPDATE account SET filters_version = @version WHERE user_id = @user_id",
            ("version", hasSome ? write.NewId() : 0),
            ("user_id", userId)
        );

    private static (string, object?)[] Values(FilterView filter) =>
        [
            ("id", filter.Id),
            ("title", filter.Title),
            ("places", (short)filter.Places),
            ("action", (short)filter.Action),
            ("expires_at", filter.ExpiresAt),
            ("keywords", JsonSerializer.Serialize([.. filter.Keywords], Context.FilterKeywordArray)),
        ];
}

[JsonSerializable(typeof(FilterKeyword[]))]
internal sealed partial class FilterKeywordsJson : JsonSerializerContext;
