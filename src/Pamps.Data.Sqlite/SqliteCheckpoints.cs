using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Copies SQLite's log into the database beside the writer. SQLite itself does it within a commit, every thousand pages,
/// and whoever writes waits meanwhile. Beside a writer that goes on, though, a log is never copied to its end, and only then
/// does it begin anew instead of growing. So another thread copies most of it, and the writer the little that came meanwhile.
/// </summary>
/// <remarks>Belongs to the writer's connection, and is called by the writer only.</remarks>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>Written to the log between two copies: 16 MB. What was written often is copied once.</summary>
    private const int Pages = 4_000;

    // https://sqlite.org/c3ref/c_dbstatus_options.html
    private const int PagesWritten = 9;

    private readonly SqliteConnection writer;
    private readonly SqliteConnection copier;
    private Task? running;
    private int writtenBefore;

    public SqliteCheckpoints(SqliteConnection writer)
    {
        this.writer = writer;
        copier = new SqliteConnection(writer.ConnectionString);
        // What fails is left for the next time; the log holds all that is missing in the database.
        _ = raw.sqlite3_wal_autocheckpoint(writer.Handle, 0);
        writtenBefore = Written();
    }

    /// <summary>Between two transactions of the writer.</summary>
    public void AfterCommit()
    {
        if (running is { IsCompleted: true })
        {
            running = null;
            Copy(writer);
            writtenBefore = Written();
        }
        else if (running is null && ((Written() - writtenBefore) & int.MaxValue) >= Pages)
        {
            // It waits for the disk, which a thread of the pool should not.
            running = Task.Factory.StartNew(
                CopyBeside,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
    }

    /// <summary>Before the writer's connection is closed.</summary>
    public void Dispose()
    {
        running?.Wait();
        copier.Dispose();
        // Also what other processes have written, which nobody counts.
        Copy(writer);
    }

    /// <summary>Begins at nought again after 2,147,483,647.</summary>
    private int Written()
    {
        _ = raw.sqlite3_db_status(writer.Handle, PagesWritten, out var pages, out _, 0);
        return pages;
    }

    private void CopyBeside()
    {
        try
        {
            if (copier.State != System.Data.ConnectionState.Open)
            {
                copier.Open();
                SqliteEngine.SetUp(copier);
                // A connection that has not read yet does not know that there is a log.
                using var look = copier.CreateCommand();
                look.CommandText = "SELECT count(*) FROM sqlite_schema";
                look.ExecuteScalar();
            }
            Copy(copier);
        }
        catch (Exception)
        {
            // A database that cannot be opened: the writer is about to find that out, and says it. Meanwhile it copies by itself.
            copier.Close();
        }
    }

    /// <summary>As far as readers allow, without waiting for them.</summary>
    private static void Copy(SqliteConnection connection) =>
        _ = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle,
            "main",
            raw.SQLITE_CHECKPOINT_PASSIVE,
            out _,
            out _
        );
}
