namespace Pamps.Operations.Transfer;

/// <summary>
/// The tables of the schema, as build/migration lists them in tables.txt out of the model: a new one is carried like the
/// others.
/// </summary>
internal sealed class StoredTables
{
    public StoredTables()
    {
        using var list = new StreamReader(
            typeof(StoredTables).Assembly.GetManifestResourceStream("tables.txt")!
        );
        var (tables, carried) = (new List<StoredTable>(), new List<StoredTable>());
        // A table's line, and behind it one for each column, which is indented.
        foreach (var text in list.ReadToEnd().Replace("\n  ", ";", StringComparison.Ordinal).Split('\n'))
        {
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }
            var lines = text.Split(';');
            var words = lines[0].Split(' ');
            var table = Describe(words[0], [.. lines[1..].Select(x => x.Split(' '))]);
            tables.Add(table);
            if (!words.Contains("stays"))
            {
                carried.Add(table);
            }
        }
        (All, Carried) = (tables, carried);
        Events = All.Single(x => x.Name == "event");
        MediaFiles = All.Single(x => x.Name == "media_file");
    }

    /// <summary>Every table; those first that others refer to.</summary>
    public IReadOnlyList<StoredTable> All { get; }

    /// <summary>The tables whose rows are carried: not those whose rows mean nothing in another database, such as events.</summary>
    public IReadOnlyList<StoredTable> Carried { get; }

    public StoredTable Events { get; }

    public StoredTable MediaFiles { get; }

    private static StoredTable Describe(string name, IReadOnlyList<string[]> columns) =>
        new(
            name,
            [
                .. columns.Select(x => new StoredColumn(
                    x[0],
                    Enum.Parse<TypeCode>(x[1]),
                    x.Contains("numbered")
                )),
            ],
            [.. Enumerable.Range(0, columns.Count(x => x.Contains("key")))]
        );
}
