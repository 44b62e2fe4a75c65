using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Merges the search's index of posts a little with each group of writes. Left to itself FTS5 merges in strides of some
/// hundred pages (https://sqlite.org/fts5.html#the_automerge_configuration_option), and those that write then wait 30 ms and more.
/// </summary>
internal sealed class SqliteSearchMerges
{
    private const string Table = "post_search";
    private const string IsStopped = $"SELECT count(*) FROM {Table}_config WHERE k = 'automerge' AND v = 0";
    private const string MergePages = $"INSERT INTO {Table} ({Table}, rank) VALUES ('merge', @pages)";

    /// <summary>
    /// Pages that are merged with each group, and one more for so many changed rows. A page of new words is merged about
    /// nine times until it is in an index of ten million posts; a hundred posts, of six rows each and more, fill one.
    /// </summary>
    private const int LeastPages = 8;
    private const int RowsOfPage = 8;

    private readonly SqliteDatabase database;
    private bool isThere;

    /// <summary>Tells SQLite that the merging is done here. A database that is not set up yet has nothing to merge.</summary>
    public SqliteSearchMerges(SqliteDatabase database, SqliteConnection writer)
    {
        this.database = database;
        isThere = SearchTables.Has(writer, Table);
        if (!isThere)
        {
            return;
        }
        try
        {
            using var command = writer.CreateCommand();
            command.CommandText = IsStopped;
            if ((long)command.ExecuteScalar()! == 0)
            {
                command.CommandText = SearchTables.Set(Table, "automerge", 0);
                command.ExecuteNonQuery();
            }
        }
        catch (SqliteException exception) when (SqliteFaults.IsCorrupt(exception))
        {
            isThere = false;
        }
    }

    /// <summary>
    /// What is due with so many changed rows, in their transaction. A damaged index is left alone from then on.
    /// </summary>
    /// <exception cref="DamagedSearchException">The transaction must not be committed.</exception>
    public void Merge(DbTransaction transaction, int changes)
    {
        if (!isThere)
        {
            return;
        }
        try
        {
            database.Execute(
                new Statement(MergePages, ("pages", LeastPages + (changes / RowsOfPage))),
                transaction
            );
        }
        catch (SqliteException exception) when (SqliteFaults.IsCorrupt(exception))
        {
            isThere = false;
            throw new DamagedSearchException(exception);
        }
    }
}

/// <summary>The search's index is damaged.</summary>
internal sealed class DamagedSearchException(SqliteException cause)
    : Exception("The search's index is damaged.", cause);
