using Pamps.Core.Databases;

namespace Pamps.Core.Search;

/// <summary>Rows for the search index, to be inserted with the posts or users that they are about.</summary>
/// <param name="Table">The index's table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">The rows.</param>
internal sealed record WordRows(string Table, IReadOnlyList<string> Columns, object?[][] Rows)
{
    /// <summary>The index's tables.</summary>
    public static readonly string[] Tables = ["user_search", "post_search"];

    /// <summary>SQLite's form of the words is made here, off the thread that writes; PostgreSQL's while it is sent.</summary>
    public static WordRows Of(
        string table,
        IEnumerable<(long Id, IndexedWords Words)> all,
        SqlDialect dialect
    ) =>
        new(
            table,
            IndexedWords.Columns(dialect),
            [
                .. all.Select(x =>
                    new object?[] { x.Id, dialect == SqlDialect.Sqlite ? x.Words.ToSqlite() : x.Words }
                ),
            ]
        );

    /// <summary>The words of a table's rows; null when nobody searches in it.</summary>
    public static WordRows? Of(
        string table,
        IReadOnlyList<string> columns,
        object?[][] rows,
        SqlDialect dialect
    )
    {
        return table switch
        {
            "user" => Of(
                "user_search",
                From("id", "username", "bio")
                    .Select(x => ((long)x[0]!, IndexedWords.OfUser((string)x[1]!, (string?)x[2]))),
                dialect
            ),
            "post" => Of(
                "post_search",
                From("id", "text", "user_id")
                    .Select(x => ((long)x[0]!, IndexedWords.OfPost((string)x[1]!, (long)x[2]!))),
                dialect
            ),
            _ => null,
        };

        IEnumerable<object?[]> From(params string[] names)
        {
            int[] places = [.. names.Select(x => columns.ToList().IndexOf(x))];
            return rows.Select(row => places.Select(x => row[x]).ToArray());
        }
    }
}
