using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>Copies of the file, made by SQLite itself: what lies in the log is in them, what is free is not.</summary>
internal sealed class SqliteSnapshotFiles(SqliteFile file) : ISnapshotFiles
{
    private const string Ending = ".snapshot";
    private const string PartialEnding = ".partial";

    private readonly string database = file.Path;

    public async Task<long> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await file.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<string> MakeAsync(
        string schema,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        foreach (var left in Find(Ending + PartialEnding))
        {
            left.Delete();
        }
        var copy = string.Create(
            CultureInfo.InvariantCulture,
            $"{database}.{schema}.{time.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}{Ending}"
        );
        var partial = copy + PartialEnding;
        try
        {
            // SQLite fills a file that is empty, and so keeps who may read it.
            await using (new FileStream(partial, LikeTheDatabase())) { }
            await using (var connection = await file.OpenAsync(cancellationToken))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "VACUUM INTO @copy";
                command.CommandTimeout = 0;
                command.Parameters.AddWithValue("@copy", partial);
                await using var stop = cancellationToken.Register(() =>
                    raw.sqlite3_interrupt(connection.Handle)
                );
                await Task.Run(command.ExecuteNonQuery, CancellationToken.None);
            }
            await using (var written = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }
            File.Move(partial, copy, overwrite: true);
            return copy;
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public void KeepNewest(int count, string? schema = null)
    {
        foreach (var old in Find(Ending, schema).OrderByDescending(x => x.LastWriteTimeUtc).Skip(count))
        {
            old.Delete();
        }
    }

    public string WayBack(string copy) =>
        $"To go back to the snapshot all the same, stop every pamps on it, delete {database}-wal and {database}-shm, and copy {copy} over {database}.";

    /// <summary>Those that were made here, and no other file whose name only begins and ends alike.</summary>
    private List<FileInfo> Find(string ending, string? schema = null)
    {
        var name = new Regex(
            $@"^{Regex.Escape(Path.GetFileName(database))}\.{(schema is null ? "[A-Za-z0-9_]+" : Regex.Escape(schema))}\.[0-9]{{8}}T[0-9]{{6}}Z{Regex.Escape(ending)}$",
            RegexOptions.CultureInvariant
        );
        return
        [
            .. new DirectoryInfo(Path.GetDirectoryName(database)!)
                .EnumerateFiles($"*{ending}")
                .Where(x => name.IsMatch(x.Name)),
        ];
    }

    private FileStreamOptions LikeTheDatabase()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(database);
        }
        return options;
    }
}
