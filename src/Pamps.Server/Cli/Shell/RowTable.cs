using System.Globalization;
using System.Text;

namespace Pamps.Server.Cli.Shell;

/// <summary>Rows of a query: a table for people, and for programs lines with tabs.</summary>
internal static class RowTable
{
    public static string Print(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows, bool isPiped)
    {
        IReadOnlyList<string> columns = [.. rows[0].Keys];
        if (!isPiped)
        {
            return ValueTable.Render(columns, rows.Select(row => columns.Select(x => Text(row[x]))));
        }
        var text = new StringBuilder().AppendJoin('\t', columns);
        foreach (var row in rows)
        {
            text.Append('\n').AppendJoin('\t', columns.Select(x => OneLine(Text(row[x]))));
        }
        return text.ToString();
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            DateTime time => ValueTable.Text(time),
            byte[] bytes => Convert.ToHexStringLower(bytes),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    private static string OneLine(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal)
            .Replace("\t", @"\t", StringComparison.Ordinal);
}
