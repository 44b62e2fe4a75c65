using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;

namespace Pamps.Data.Sqlite;

/// <summary>The database's file, and how connections to it are opened.</summary>
/// <param name="path">Where it lies.</param>
internal sealed class SqliteFile(string path)
{
    // The driver's own pool would hand a connection on that was opened while the file could only be read.
    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    private volatile bool isSealed;
    private volatile int opening;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>SQLite's log, and with it the memory that connections share, are beside the file while it is open.</summary>
    private bool HasLog => File.Exists(Path + "-wal") || File.Exists(Path + "-shm");

    /// <summary>
    /// What an open connection that only reads goes by. When it is another than at its opening, the connection knows an older
    /// file, or could not be written through, and is to be closed.
    /// </summary>
    public Sight Now => isSealed ? LookAt(opening) : new Sight(opening, HasLog: true, default, 0);

    /// <summary>Opens the file once.</summary>
    /// <exception cref="SqliteException">It cannot even be read.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookIntoAsync(cancellationToken);
        }
        catch (SqliteException exception) when (SqliteFaults.IsClosed(exception) && !HasLog)
        {
            // SQLite wants to make its log even to read, which a medium that is read-only does not let it.
            isSealed = true;
            try
            {
                await LookIntoAsync(cancellationToken);
            }
            catch (SqliteException)
            {
                isSealed = false;
                throw exception;
            }
        }
    }

    /// <summary>A connection to read through.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ForReading());
        await connection.OpenAsync(cancellationToken);
        SqliteEngine.SetUp(connection);
        return connection;
    }

    /// <inheritdoc cref="OpenAsync"/>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ForReading());
        connection.Open();
        SqliteEngine.SetUp(connection);
        return connection;
    }

    /// <summary>A connection to write through, where the file can be written.</summary>
    public async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            SqliteEngine.SetUp(connection);
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has every connection that reads opened anew, in the hope that the file may be written by now.</summary>
    public void OpenAnew()
    {
        Interlocked.Increment(ref opening);
        if (!OperatingSystem.IsWindows() && File.Exists(Path))
        {
            LeaveAsTheFile(Path + "-wal");
            LeaveAsTheFile(Path + "-shm");
        }
    }

    /// <summary>Why the file could not be opened, for people. Only while no connection is open, whose locks it would end.</summary>
    public string Explain(SqliteException exception)
    {
        if (SqliteFaults.IsClosed(exception))
        {
            try
            {
                using var read = File.OpenRead(Path);
            }
            catch (UnauthorizedAccessException)
            {
                return "this user may not read it.";
            }
            catch (IOException)
            {
                // SQLite has said it.
            }
            if (HasLog)
            {
                return "its last writes lie in files beside it, which can only be read where they may be written. Open it once where they may.";
            }
        }
        return exception.Message;
    }

    public static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteScalarAsync(ct);
    }

    /// <summary>SQLite makes its own files as the file is then; they stay so when that may be written again.</summary>
    [UnsupportedOSPlatform("windows")]
    private void LeaveAsTheFile(string own)
    {
        try
        {
            if (File.Exists(own) && File.GetUnixFileMode(own) != File.GetUnixFileMode(Path))
            {
                File.SetUnixFileMode(own, File.GetUnixFileMode(Path));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is somebody else's, or was just deleted.
        }
    }

    private async Task LookIntoAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "SELECT count(*) FROM sqlite_schema", cancellationToken);
    }

    /// <remarks>https://sqlite.org/uri.html#uriimmutable: a log that somebody makes after all must not be overlooked.</remarks>
    private string ForReading() =>
        isSealed && !HasLog
            ? new SqliteConnectionStringBuilder(connectionString)
            {
                DataSource =
                    $"file://{string.Join('/', Path.Split('/').Select(Uri.EscapeDataString))}?immutable=1",
                Mode = SqliteOpenMode.ReadOnly,
            }.ToString()
            : connectionString;

    private Sight LookAt(int number)
    {
        var file = new FileInfo(Path);
        return file.Exists
            ? new Sight(number, HasLog, file.LastWriteTimeUtc, file.Length)
            : new Sight(number, HasLog, default, 0);
    }

    /// <summary>The file as it was seen.</summary>
    internal readonly record struct Sight(int Opening, bool HasLog, DateTime WrittenAt, long Length);
}
