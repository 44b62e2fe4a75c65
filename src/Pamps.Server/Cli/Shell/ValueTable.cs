using System.Reflection;
using Spectre.Console;

namespace Pamps.Server.Cli.Shell;

/// <summary>Draws items of one type as a table if they have a handful of plain properties.</summary>
internal static class ValueTable
{
    private const int MostColumns = 8;
    private const int WidestCell = 60;

    public static string? TryPrint(List<object?> items)
    {
        var type = items[0]?.GetType();
        if (type is null || ValueText.IsPlain(type) || items.Any(item => item?.GetType() != type))
        {
            return null;
        }

        var columns = ValueText.PropertiesOf(type);
        if (columns.Count is < 2 or > MostColumns || columns.Any(one => !IsCell(one.PropertyType)))
        {
            return null;
        }

        return Render(items, columns);
    }

    private static bool IsCell(Type type) => ValueText.IsPlain(type) || type == typeof(object);

    private static string Render(List<object?> items, IReadOnlyList<PropertyInfo> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Name)));
        }

        foreach (var item in items)
        {
            table.AddRow(columns.Select(column => new Text(Cell(column, item!))));
        }

        using var output = new StringWriter();
        var settings = new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        };
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = EditorScreen.Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(table);
        return output.ToString().TrimEnd();
    }

    private static string Cell(PropertyInfo column, object item)
    {
        var text = ValueText.Read(column, item);
        return text.Length > WidestCell ? $"{text[..(WidestCell - 1)]}…" : text;
    }
}
