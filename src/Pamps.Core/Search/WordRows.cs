using Pamps.Core.Databases;
using Pamps.Core.Posts;
using Pamps.Core.Text;

namespace Pamps.Core.Search;

/// <summary>Rows for the search index, to be inserted with the posts or users that they are about.</summary>
/// <param name="Table">The index's table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">The rows.</param>
internal sealed record WordRows(string Table, IReadOnlyList<string> Columns, object?[][] Rows)
{
    /// <summary>The index's tables.</summary>
    public static readonly string[] Tables = ["user_search", "post_search"];

    /// <summary>What a database takes is made here where it can be, off the thread that writes.</summary>
    public static WordRows Of(
        string table,
        IEnumerable<(long Id, IndexedWords Words)> all,
        Dialect dialect
    ) =>
        new(
            table,
            [dialect.WordsKey, "words"],
            [.. all.Select(x => new object?[] { x.Id, dialect.WordsValue(x.Words) })]
        );

    /// <summary>The words of a table's rows; null when nobody searches in it.</summary>
    public static WordRows? Of(string table, IReadOnlyList<string> columns, object?[][] rows, Dialect dialect)
    {
        return table switch
        {
            "user" => Of(
                "user_search",
                From("id", "username", "display_name", "bio")
                    .Select(x =>
                        ((long)x[0]!, IndexedWords.OfUser((string)x[1]!, (string?)x[2], (string?)x[3]))
                    ),
                dialect
            ),
            "post" => Of(
                "post_search",
                From("id", "text", "user_id", "visibility")
                    .Select(x =>
                        (
                            (long)x[0]!,
                            PostSql.WordsFor(
                                (Visibility)(short)x[3]!,
                                IndexedWords.OfPost((string)x[1]!, (long)x[2]!)
                            )
                        )
                    ),
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
