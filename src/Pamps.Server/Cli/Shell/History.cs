using Pamps.Core;

namespace Pamps.Server.Cli.Shell;

/// <summary>What was typed before, in this run and in earlier ones; one entry is one line of the file.</summary>
internal sealed class History(string file)
{
    private const int MostLines = 1000;
    private readonly List<string> entries = [];

    public int Count => entries.Count;

    public string this[int index] => entries[index];

    public static string DefaultFile
    {
        get
        {
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            if (!Path.IsPathRooted(state))
            {
                var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
                state = Path.Combine(home, ".local", "state");
            }

            return Path.Combine(state, "pamps", "history");
        }
    }

    public void Load()
    {
        var lines = QuietlyRead(file);
        entries.AddRange(lines.TakeLast(MostLines).Select(Decode));
    }

    /// <summary>Remembers an entry in this run, and in later ones too if it should be stored.</summary>
    public void Add(string entry, bool store)
    {
        if (entries.Count == 0 || entries[^1] != entry)
        {
            entries.Add(entry);
            if (store)
            {
                Store(entry);
            }
        }
    }

    private void Store(string entry)
    {
        try
        {
            OwnerOnly.MakeFolder(Path.GetDirectoryName(file)!);
            // Another shell may have added lines since, so the file and not the memory is the base.
            var lines = QuietlyRead(file).Append(Encode(entry)).TakeLast(MostLines).ToList();
            var fresh = $"{file}.{Environment.ProcessId}";
            using (var writer = new StreamWriter(new FileStream(fresh, PrivateFile.Options(FileMode.Create))))
            {
                lines.ForEach(writer.WriteLine);
            }

            File.Move(fresh, file, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A home that cannot be written to is no reason to end a shell.
        }
    }

    private static string[] QuietlyRead(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Encode(string entry) =>
        entry.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Decode(string line) =>
        string.Join(
            '\\',
            line.Split("\\\\").Select(part => part.Replace("\\n", "\n", StringComparison.Ordinal))
        );
}
