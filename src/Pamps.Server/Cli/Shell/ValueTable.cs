using System.Globalization;
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

        var all = ValueText.PropertiesOf(type);
        IReadOnlyList<PropertyInfo> columns =
        [
            .. all.Where(one => IsCell(one.PropertyType) && items.Any(item => one.GetValue(item) is not null))
                .Take(MostColumns),
        ];
        return columns.Count < 2
            ? null
            : Render(
                [.. columns.Select(x => x.Name)],
                items.Select(item => columns.Select(x => Cell(x, item!)))
            );
    }

    /// <summary>Whether it fits a cell; of people their names do.</summary>
    private static bool IsCell(Type type) =>
        ValueText.IsPlain(type) || type == typeof(object) || UsernameOf(type) is not null;

    private static PropertyInfo? UsernameOf(Type type) => type.GetProperty("Username", typeof(string));

    /// <summary>A moment as people read it, UTC.</summary>
    public static string Text(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Render(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Short(cell))));
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

    private static string Cell(PropertyInfo column, object item) =>
        column.GetValue(item) switch
        {
            null => "",
            string text => text,
            DateTime time => Text(time),
            var person when UsernameOf(person.GetType()) is { } username => (string)
                username.GetValue(person)!,
            _ => ValueText.Read(column, item),
        };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > WidestCell ? $"{line[..(WidestCell - 1)]}…" : line;
    }
}
