using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Floor;

/// <summary>Kept connections, each with its statements prepared.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>More at once only wait for each other inside PostgreSQL, on a few processors.</summary>
    private const int MostLanes = 16;

    private readonly Func<DbConnection> connect;
    private readonly ConcurrentStack<Lane> idle = new();
    private readonly SemaphoreSlim free = new(MostLanes);

    private Database(bool isSqlite, Func<DbConnection> connect) =>
        (IsSqlite, this.connect) = (isSqlite, connect);

    public bool IsSqlite { get; }

    /// <summary>Opens the database that an address in Pamps' own form names.</summary>
    public static Database Open(string uri)
    {
        const string file = "sqlite:///";
        if (uri.StartsWith(file, StringComparison.Ordinal))
        {
            var path = new SqliteConnectionStringBuilder { DataSource = uri[file.Length..], Pooling = false };
            return new Database(isSqlite: true, () => new SqliteConnection(path.ToString()));
        }
        var parts = new Uri(uri);
        var user = parts.UserInfo.Split(':');
        var server = new NpgsqlConnectionStringBuilder
        {
            Host = parts.Host,
            Port = parts.Port,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = parts.AbsolutePath[1..],
            Pooling = false,
        };
        return new Database(isSqlite: false, () => new NpgsqlConnection(server.ToString()));
    }

    public async ValueTask<DbConnection> ConnectAsync()
    {
        var connection = connect();
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask<Lane> RentAsync()
    {
        await free.WaitAsync();
        return idle.TryPop(out var lane) ? lane : await Lane.OpenAsync(await ConnectAsync(), IsSqlite);
    }

    public void Return(Lane lane)
    {
        idle.Push(lane);
        free.Release();
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.TryPop(out var lane))
        {
            await lane.DisposeAsync();
        }
        free.Dispose();
    }
}
