using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary>Lists of the command line: read page by page and printed as they come, so that a million rows need no more memory than ten.</summary>
internal static class Listing
{
    /// <summary>So many rows a table has before the next begins: it is drawn when all its rows are known.</summary>
    public const int RowsPerTable = 500;

    /// <summary>All rows that a list has, or the first of them.</summary>
    /// <param name="read">Reads a page.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Gives up.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<PageRequest, Task<Result<Page<T>>>> read,
        int most = int.MaxValue,
        [EnumeratorCancellation] CancellationToken ct = default
    )
    {
        PageRequest? next = new(PageRequest.MaxLimit);
        while (next is not null && most > 0)
        {
            ct.ThrowIfCancellationRequested();
            var page = (await read(next with { Limit = Math.Min(most, PageRequest.MaxLimit) })).OrFail();
            foreach (var row in page.Items)
            {
                yield return row;
            }
            most -= page.Items.Count;
            next = page.Next;
        }
    }

    /// <summary>Prints a JSON array, for scripts. Nothing when the first row cannot be had.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="write">Writes the members of one.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task PrintJsonAsync<T>(
        IAsyncEnumerable<T> rows,
        Action<Utf8JsonWriter, T> write,
        CancellationToken ct
    )
    {
        await using var each = rows.GetAsyncEnumerator(ct);
        var isThere = await each.MoveNextAsync();
        await using var output = Console.OpenStandardOutput();
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        for (; isThere; isThere = await each.MoveNextAsync())
        {
            writer.WriteStartObject();
            write(writer, each.Current);
            writer.WriteEndObject();
            if (writer.BytesPending > 32_768)
            {
                await writer.FlushAsync(ct);
            }
        }
        writer.WriteEndArray();
        await writer.FlushAsync(ct);
        output.Write("\n"u8);
    }

    /// <summary>Prints tables.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">What stands above them.</param>
    /// <param name="cells">What a row says, in Spectre's markup.</param>
    /// <param name="none">What is printed when there are no rows.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task PrintTablesAsync<T>(
        IAsyncEnumerable<T> rows,
        string[] columns,
        Func<T, string[]> cells,
        string none,
        CancellationToken ct
    )
    {
        var (console, table, isAny) = (Terminal.Open(), MakeTable(columns), false);
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (table.Rows.Count == RowsPerTable)
            {
                console.Write(table);
                table = MakeTable(columns);
            }
            isAny = true;
            table.AddRow(cells(row));
        }
        if (isAny)
        {
            console.Write(table);
        }
        else
        {
            Console.WriteLine(none);
        }
    }

    /// <summary>A time as people read it in a table, UTC.</summary>
    public static string Text(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Table MakeTable(string[] columns) => new Table().AddColumns(columns);
}
