using System.Collections;

namespace Pamps.Server.Cli.Shell;

/// <summary>Writes a value for a person: a collection as a list or a table, all else on one line.</summary>
internal static class ValuePrinter
{
    public const int MostItems = 100;
    private const string More = "… and more";

    public static string Print(object? value, CancellationToken ct)
    {
        if (value is string || value is not IEnumerable sequence)
        {
            return ValueText.Of(value);
        }

        var items = new List<object?>();
        foreach (var item in sequence)
        {
            ct.ThrowIfCancellationRequested();
            items.Add(item);
            if (items.Count > MostItems)
            {
                break;
            }
        }

        var hasMore = items.Count > MostItems;
        var text = Print(hasMore ? items[..MostItems] : items);
        return hasMore ? $"{text}\n{More}" : text;
    }

    private static string Print(List<object?> items)
    {
        if (items.Count == 0)
        {
            return "[]";
        }

        // Whatever reads a pipe wants one item a line.
        var table =
            Console.IsOutputRedirected || Console.IsInputRedirected ? null : ValueTable.TryPrint(items);
        return table ?? string.Join('\n', items.Select(item => ValueText.Of(item)));
    }
}
