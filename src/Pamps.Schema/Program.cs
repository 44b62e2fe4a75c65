using System.Globalization;
using System.Text.RegularExpressions;
using Pamps.Schema;

// Makes the next migration of both databases; build/migration calls it.
if (args is not [var repository, var name] || !Regex.IsMatch(name, @"^[A-Z][A-Za-z0-9]*\z"))
{
    Console.Error.WriteLine("usage: build/migration NameOfTheChange");
    return 2;
}
var id =
    TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "_" + name;
using var sqlite = new SqliteModel();
using var postgres = new PostgresModel();
foreach (var (model, project) in new (PampsModel, string)[] { (sqlite, "Sqlite"), (postgres, "Postgres") })
{
    var folder = Path.Combine(repository, "src", $"Pamps.Data.{project}", "Migrations");
    if (Directory.GetFiles(folder, $"*_{name}.sql").Length > 0)
    {
        Console.Error.WriteLine($"There is a migration {name} already.");
        return 1;
    }
    var next = NextMigration.Of(model);
    Write(Path.Combine(folder, $"{id}.sql"), next.Up);
    Write(Path.Combine(folder, $"{id}.down.sql"), next.Down);
    var snapshot = $"{model.GetType().Name}Snapshot.cs";
    Write(Path.Combine(repository, "src", "Pamps.Schema", "Migrations", snapshot), next.Snapshot);
}
Write(Path.Combine(repository, StoredTables.File), StoredTables.Describe(postgres));
return 0;

void Write(string path, string text)
{
    File.WriteAllText(path, text.ReplaceLineEndings("\n"));
    Console.WriteLine(
        Path.GetRelativePath(repository, path)
            + (text.Length == 0 ? " (empty: the model did not change)" : "")
    );
}
