using System.Globalization;
using System.Text;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>How far a table has been filled.</summary>
/// <param name="Rows">How many rows are in.</param>
/// <param name="LastKey">The primary key of the last of them; null before the first.</param>
internal sealed record FillPosition(long Rows, object?[]? LastKey)
{
    public static FillPosition Start { get; } = new(0, null);
}

/// <summary>
/// What a database that is being filled says of that, in a table of its own: from where, how far, and what was taken away.
/// Each note is kept with the rows that it is about, so that a fill which was stopped or killed goes on where it was.
/// </summary>
internal sealed class FillNotes
{
    public const string Table = "unfinished_copy";

    private const string SourceName = "source";
    private const string AwayName = "away ";
    private const string PositionName = "table ";

    private FillNotes(string source, IReadOnlyList<string> away, Dictionary<string, string> positions) =>
        (Source, Away, Positions) = (source, away, positions);

    /// <summary>Where the rows come from.</summary>
    public string Source { get; }

    /// <summary>The statements that give back what was taken away.</summary>
    public IReadOnlyList<string> Away { get; }

    private Dictionary<string, string> Positions { get; }

    public FillPosition PositionIn(StoredTable table)
    {
        if (!Positions.TryGetValue(table.Name, out var noted))
        {
            return FillPosition.Start;
        }
        var parts = noted.Split(' ', 2);
        return new FillPosition(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            RowLine.Read(Encoding.UTF8.GetBytes(parts[1]), [.. table.Key.Select(x => table.Columns[x])])
        );
    }

    /// <summary>Reads the notes of a fill that has not ended.</summary>
    public static async Task<FillNotes> ReadAsync(Sql sql, CancellationToken ct)
    {
        var notes = await sql.ListAsync(
            $"SELECT n.name, n.value FROM {Table} n ORDER BY n.name",
            row => (Name: row.GetString(0), Value: row.GetString(1)),
            ct
        );
        return new FillNotes(
            notes.Single(x => x.Name == SourceName).Value,
            [
                .. notes
                    .Where(x => IsOf(x.Name, AwayName))
                    .OrderBy(x => x.Name, StringComparer.Ordinal)
                    .Select(x => x.Value),
            ],
            notes
                .Where(x => IsOf(x.Name, PositionName))
                .ToDictionary(x => x.Name[PositionName.Length..], x => x.Value)
        );

        static bool IsOf(string name, string kind) => name.StartsWith(kind, StringComparison.Ordinal);
    }

    /// <summary>Marks a database as one that is being filled.</summary>
    public static async Task<FillNotes> BeginAsync(IBulkFill fill, string source, CancellationToken ct)
    {
        await fill.ExecuteAsync(
            new Statement($"CREATE TABLE {Table} (name text NOT NULL PRIMARY KEY, value text NOT NULL)"),
            ct
        );
        await fill.ExecuteAsync(
            new Statement(
                "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES (@id, 'pamps')",
                ("id", SchemaStatus.UnfinishedCopy)
            ),
            ct
        );
        await SetAsync(fill, SourceName, source, ct);
        for (var i = 0; i < fill.Away.Count; i++)
        {
            await SetAsync(fill, AwayName + i.ToString("D4", CultureInfo.InvariantCulture), fill.Away[i], ct);
        }
        return new FillNotes(source, [.. fill.Away], []);
    }

    /// <summary>Notes how far a table has been filled.</summary>
    public static Task SetPositionAsync(
        IBulkFill fill,
        StoredTable table,
        long rows,
        object?[] lastRow,
        CancellationToken ct
    )
    {
        using var key = new RowLine();
        var last = Encoding.UTF8.GetString(key.Write(table.KeyOf(lastRow)).Span);
        return SetAsync(
            fill,
            PositionName + table.Name,
            string.Create(CultureInfo.InvariantCulture, $"{rows} {last}"),
            ct
        );
    }

    /// <summary>Notes that something is back which was away.</summary>
    public static Task SetGivenAsync(IBulkFill fill, string statement, CancellationToken ct) =>
        fill.ExecuteAsync(
            new Statement(
                $"DELETE FROM {Table} WHERE name LIKE '{AwayName}%' AND value = @statement",
                ("statement", statement)
            ),
            ct
        );

    /// <summary>Takes the mark and the notes away: the database is whole.</summary>
    public static async Task EndAsync(IBulkFill fill, CancellationToken ct)
    {
        await fill.ExecuteAsync(new Statement($"DROP TABLE {Table}"), ct);
        await fill.ExecuteAsync(
            new Statement(
                "DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = @id",
                ("id", SchemaStatus.UnfinishedCopy)
            ),
            ct
        );
    }

    private static Task SetAsync(IBulkFill fill, string name, string value, CancellationToken ct) =>
        fill.ExecuteAsync(
            new Statement(
                $"INSERT INTO {Table} (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                ("name", name),
                ("value", value)
            ),
            ct
        );
}
