using Pamps.Core.Text;

namespace Pamps.Core.Databases;

/// <summary>
/// What differs between the databases' SQL. Each Data project has its own; statements that must differ as a whole are
/// members too, and nothing says which product it is, so that nobody can ask.
/// </summary>
public abstract class Dialect
{
    /// <summary>A query that gives a row when a table is there, and none else.</summary>
    /// <param name="table">The table; trusted.</param>
    public abstract string FindTable(string table);

    /// <summary>A query for the names of all tables.</summary>
    public abstract string TableNames { get; }

    /// <summary>
    /// The statement that makes the table of the migrations that a database has, unless it is there. Its name and form are EF
    /// Core's, because databases have it since EF Core made the migrations, and versions of then run beside this one during an
    /// upgrade.
    /// </summary>
    public abstract string CreateMigrationHistory { get; }

    /// <summary>
    /// What a transaction that changes the schema runs first, so that it gives up soon when others hold a table; null where
    /// writes come one at a time.
    /// </summary>
    public abstract string? WaitBriefly { get; }

    /// <summary>
    /// The table of what the planner knows of indexes, where it knows of new ones only when it is told: it then prefers those that
    /// it knows. Null where it learns by itself.
    /// </summary>
    public abstract string? KnownIndexes { get; }

    /// <summary>
    /// The statement after which the planner knows what new columns hold, for after a change of the schema: until a tenth of the
    /// rows have changed nothing else would tell it, and it guesses that a condition on one is hardly ever true. Null where
    /// <see cref="KnownIndexes"/> is enough.
    /// </summary>
    public abstract string? LearnColumns { get; }

    /// <summary>Whether a column goes without its table being written anew.</summary>
    public abstract bool DropsColumnsAtOnce { get; }

    /// <summary>How fast upgrades go.</summary>
    public abstract UpgradeSpeed UpgradeSpeed { get; }

    /// <summary>The statements after which the numbers that the database gives to new rows go on from another one.</summary>
    /// <param name="table">The rows' table; trusted.</param>
    /// <param name="column">The column of the numbers; trusted.</param>
    /// <param name="from">The last number that was given: SQL; trusted.</param>
    public abstract IEnumerable<Statement> CountOn(string table, string column, string from);

    /// <summary>
    /// The number of the running transaction, in the order of which events are read; a number that is always the same where
    /// transactions come one at a time.
    /// </summary>
    public abstract string TransactionNumber { get; }

    /// <summary>Whether events may be written down that are not to be read yet, since an earlier transaction still runs.</summary>
    public abstract bool SettlesLate { get; }

    /// <summary>The condition that an event <c>e</c> may be read: no transaction that commits later has an earlier place.</summary>
    public abstract string IsSettled { get; }

    /// <summary>The order of events.</summary>
    public abstract string PlaceOrder { get; }

    /// <summary>The condition that an event comes after the place of the parameters <c>tx</c> and <c>id</c>.</summary>
    public abstract string IsAfterPlace { get; }

    /// <summary>The condition that it does, and not after that of <c>to_tx</c> and <c>to_id</c>.</summary>
    public abstract string IsBetweenPlaces { get; }

    /// <summary>The column of a table of words that holds the id of the row that they are of.</summary>
    public abstract string WordsKey { get; }

    /// <summary>Many ids as one parameter, so that a statement's text does not depend on how many there are.</summary>
    public abstract (string Name, object? Value) Ids(string name, IEnumerable<long> ids);

    /// <summary>A subquery that gives the ids of such a parameter, in a column called <c>value</c>.</summary>
    public abstract string RowsOf(string name);

    /// <summary>The condition that a column is one of the ids of such a parameter.</summary>
    public abstract string IsOneOf(string column, string name);

    /// <summary>The column that says where a row lies, by which one is found whose key has several columns.</summary>
    public abstract string RowPlace { get; }

    /// <summary>The condition that a column is among what a query selects, said so that no table is read from end to end.</summary>
    public abstract string IsAmong(string column, string query);

    /// <summary>
    /// The condition that a row is in the list of the parameter <c>of</c>, where there is a list for each of many, said so that
    /// the index of the list gives the order that is asked for.
    /// </summary>
    public abstract string IsInList(string column);

    /// <summary>The order of such a list.</summary>
    /// <param name="column">The column that tells whose list a row is in.</param>
    /// <param name="idColumn">The column that the list is ordered by.</param>
    /// <param name="direction"><c>ASC</c> or <c>DESC</c>.</param>
    public abstract string OrderInList(string column, string idColumn, string direction);

    /// <summary>
    /// A query for the ids of many authors' posts next to a cursor, in their order: it costs little more than the rows it gives,
    /// however long some of the authors have been silent.
    /// </summary>
    /// <param name="posts">Whose posts, and which.</param>
    /// <param name="direction"><c>ASC</c> or <c>DESC</c>.</param>
    /// <param name="most">More are never wanted.</param>
    /// <param name="take">How many are wanted: SQL. Of 0, no row is read.</param>
    public abstract string PostsOfEach(PostsOfMany posts, string direction, int most, string take);

    /// <summary>A query that gives rows when there is such a post at all, and none else.</summary>
    /// <param name="posts">Whose posts, and which.</param>
    public abstract string AnyPostOfEach(PostsOfMany posts);

    /// <summary>
    /// What ends a statement whose rows stay as they are until the commit; nothing where writes come one at a time.
    /// </summary>
    /// <param name="alias">The table whose rows.</param>
    public abstract string ForUpdate(string alias);

    /// <summary>The same, passing over rows that another transaction holds.</summary>
    /// <param name="alias">The table whose rows.</param>
    public abstract string SkipLocked(string alias);

    /// <summary>The same, while others may go on referring to the rows.</summary>
    public abstract string ForNoKeyUpdate(string alias);

    /// <summary>The same, while others may change all but the key: what keeps rows from being locked by <see cref="ForUpdate"/>.</summary>
    public abstract string ForKeyShare(string alias);

    /// <summary>A statement that only locks rows; nothing where writes come one at a time.</summary>
    public abstract IEnumerable<Statement> Lock(string sql, params (string Name, object? Value)[] parameters);

    /// <summary>The statement that puts words into a table of words, or replaces them.</summary>
    /// <param name="table">The table; trusted.</param>
    /// <param name="id">The row that they are of.</param>
    /// <param name="words">The words.</param>
    /// <param name="isNew">Whether there are none of that row yet.</param>
    public abstract Statement PutWords(string table, long id, IndexedWords words, bool isNew);

    /// <summary>Words as <see cref="IBulkFill"/> takes them.</summary>
    public abstract object WordsValue(IndexedWords words);

    /// <summary>
    /// What keeps others who change counters of many rows out until the commit: erasures of accounts, and imports. Nothing
    /// where writes come one at a time.
    /// </summary>
    public abstract IEnumerable<Statement> LockCounters();

    /// <summary>
    /// What keeps others who say who is a superuser out until the commit. Nothing where writes come one at a time.
    /// </summary>
    public abstract IEnumerable<Statement> LockSuperusers();
}
