using System.Collections;

namespace Pamps.Server.Cli.Shell;

/// <summary>Writes a value for a person: a collection as a list or a table, all else on one line.</summary>
internal static class ValuePrinter
{
    public const int MostItems = 100;
    private const string More = "… and more";

    public static string Print(object? value, CancellationToken ct)
    {
        var answer = Answer.Of(value);
        var text = PrintPlain(answer.Value, ct);
        return answer.Next is null ? text : $"{text}\nnext: {answer.Next}";
    }

    private static string PrintPlain(object? value, CancellationToken ct)
    {
        if (value is string text && text == "done")
        {
            return text;
        }
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
        var lines = Print(hasMore ? items[..MostItems] : items);
        return hasMore ? $"{lines}\n{More}" : lines;
    }

    private static string Print(List<object?> items)
    {
        if (items.Count == 0)
        {
            return "[]";
        }

        var isPiped = Console.IsOutputRedirected || Console.IsInputRedirected;
        if (items is [IReadOnlyDictionary<string, object?>, ..])
        {
            return RowTable.Print([.. items.Cast<IReadOnlyDictionary<string, object?>>()], isPiped);
        }
        // Whatever reads a pipe wants one item a line.
        var table = isPiped ? null : ValueTable.TryPrint(items);
        return table ?? string.Join('\n', items.Select(item => ValueText.Of(item)));
    }
}
