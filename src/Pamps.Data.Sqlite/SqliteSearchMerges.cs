using Microsoft.Data.Sqlite;
using Pamps.Core.Reads;
using Pamps.Data.Sqlite.Statements;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Merges the search's index of posts a little with each group of writes. Left to itself FTS5 merges in strides of some
/// hundred pages (https://sqlite.org/fts5.html#the_automerge_configuration_option), and those that write then wait 30 ms and more.
/// </summary>
internal sealed class SqliteSearchMerges
{
    private const string Table = "post_search";
    private const string Known =
        $"SELECT count(*) FROM sqlite_schema WHERE name = '{Table}' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'";
    private const string IsStopped = $"SELECT count(*) FROM {Table}_config WHERE k = 'automerge' AND v = 0";
    private const string Stop = $"INSERT INTO {Table} ({Table}, rank) VALUES ('automerge', 0)";
    private const string Merge = $"INSERT INTO {Table} ({Table}, rank) VALUES ('merge', @pages)";

    /// <summary>
    /// Pages that are written for a group of one, and for each further operation. A page of new words is merged about nine times
    /// until it is in an index of ten million posts, and a hundred posts fill one.
    /// </summary>
    private const int LeastPages = 8;
    private const double PagesOfOperation = 0.5;

    private readonly bool isThere;

    /// <summary>Tells SQLite that the merging is done here. A database that is not set up yet has nothing to merge.</summary>
    public SqliteSearchMerges(SqliteConnection writer)
    {
        using var command = writer.CreateCommand();
        isThere = Count(command, Known) == 1;
        if (isThere && Count(command, IsStopped) == 0)
        {
            command.CommandText = Stop;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>What is due with so many operations.</summary>
    public Statement[] Due(int operations) =>
        isThere ? [new Statement(Merge, ("pages", LeastPages + (int)(operations * PagesOfOperation)))] : [];

    private static long Count(SqliteCommand command, string sql)
    {
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
