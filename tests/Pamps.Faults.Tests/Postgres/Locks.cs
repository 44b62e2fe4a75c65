using System.Data.Common;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>Locks of somebody else's: nobody reads a post meanwhile, nor begins a write; sign-ins are looked at.</summary>
internal sealed class Locks : IAsyncDisposable
{
    /// <summary>As many connections as a server has in tests.</summary>
    private const int Connections = 20;

    private readonly DbConnection connection;

    private Locks(DbConnection connection) => this.connection = connection;

    public static async Task<Locks> HoldAsync(string uri)
    {
        var locks = new Locks(await TestDatabase.OpenAsync(uri));
        await locks.RunAsync(
            "BEGIN; LOCK TABLE post IN ACCESS EXCLUSIVE MODE; LOCK TABLE \"user\" IN EXCLUSIVE MODE"
        );
        return locks;
    }

    /// <summary>Reads and writes, twice as many as there are connections; returns when each of those has a statement that waits.</summary>
    public async Task<IReadOnlyList<Task<Answer>>> MeetAsync(Client writer, Client reader)
    {
        var asked = new List<Task<Answer>>();
        for (var i = 0; i < Connections; i++)
        {
            asked.Add(reader.GetAsync("/post/"));
            asked.Add(writer.PostAsync("/post/", new { text = $"waits {i}" }));
        }
        while ((long)(await RunAsync("SELECT count(*) FROM pg_locks WHERE NOT granted"))! < Connections)
        {
            Assert.All(asked, x => Assert.False(x.IsCompleted, "They were given up too soon."));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        return asked;
    }

    public Task LetGoAsync() => RunAsync("ROLLBACK");

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<object?> RunAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
