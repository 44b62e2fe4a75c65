using System.Runtime.CompilerServices;
using Pamps.Core;
using Pamps.Core.Databases;

namespace Pamps.Operations.Transfer;

/// <summary>Reads whole tables as they were at one moment, a part at a time.</summary>
internal sealed class TableSnapshot(ISnapshot snapshot) : IAsyncDisposable
{
    /// <summary>Few enough that some parts of the longest posts need little memory.</summary>
    public const int PartSize = 1_000;

    public async Task<long> CountAsync(StoredTable table, CancellationToken ct)
    {
        await using var reader = await snapshot.ReadAsync(
            new Statement($"SELECT count(*) FROM \"{table.Name}\""),
            ct
        );
        await reader.ReadAsync(ct);
        return reader.GetInt64(0);
    }

    /// <summary>The first values of all rows, which are texts. The statement limits how many there can be.</summary>
    public async Task<List<string>> TextsAsync(Statement statement, CancellationToken ct)
    {
        await using var reader = await snapshot.ReadAsync(statement, ct);
        return await reader.ListAsync(row => row.GetString(0), ct);
    }

    /// <summary>The rows in the order of their primary key, in parts.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">The primary key behind which to begin; null for the first row.</param>
    /// <param name="ct">Stops.</param>
    public async IAsyncEnumerable<object?[][]> RowsAsync(
        StoredTable table,
        object?[]? after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var columns = string.Join(", ", table.ColumnNames.Select(x => $"\"{x}\""));
        var key = string.Join(", ", table.Key.Select(x => $"\"{table.ColumnNames[x]}\""));
        var parameters = (after ?? []).Select((value, i) => ($"after{i}", value)).ToArray();
        var behind = after is null
            ? ""
            : $"WHERE ({key}) > ({string.Join(", ", parameters.Select(x => $"@{x.Item1}"))})";
        await using var reader = await snapshot.ReadAsync(
            new Statement($"SELECT {columns} FROM \"{table.Name}\" {behind} ORDER BY {key}", parameters),
            ct
        );
        var part = new List<object?[]>(PartSize);
        while (await reader.ReadAsync(ct))
        {
            part.Add(table.ReadRow(reader));
            if (part.Count == PartSize)
            {
                ct.ThrowIfCancellationRequested();
                yield return [.. part];
                part.Clear();
            }
        }
        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }

    /// <summary>Adds up what a table holds.</summary>
    /// <param name="table">The table.</param>
    /// <param name="report">Told how many rows are read.</param>
    /// <param name="ct">Stops.</param>
    public async Task<TableDigest> DigestAsync(StoredTable table, Action<long>? report, CancellationToken ct)
    {
        var digest = new DigestSum();
        using var line = new RowLine();
        await foreach (var part in RowsAsync(table, after: null, ct))
        {
            foreach (var row in part)
            {
                digest.Add(line.Write(row).Span);
            }
            report?.Invoke(digest.Rows);
        }
        return digest.Of(table.Name);
    }

    public ValueTask DisposeAsync() => snapshot.DisposeAsync();
}
