using Npgsql;
using Pamps.Core.Databases;
using Pamps.Core.Instances;

namespace Pamps.Data.Postgres;

/// <summary>Reaches other processes by PostgreSQL's LISTEN and NOTIFY.</summary>
internal sealed class PostgresInstanceChannel(
    NpgsqlDataSource source,
    PostgresBreaker breaker,
    NpgsqlConnectionStringBuilder connection
) : IInstanceChannel
{
    private const string Channel = "pamps";

    /// <summary>The name of the sessions that listen, in <c>pg_stat_activity</c>.</summary>
    internal const string ListenerName = "pamps listener";

    /// <summary>Longer than a message needs on a server that is busy to its limit.</summary>
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(10);

    // To the primary: a replica passes no notices on.
    private readonly string listener = new NpgsqlConnectionStringBuilder(
        PostgresServers.OwnSession(connection, ListenerName)
    )
    {
        // A connection that died without a word would otherwise be listened to for ever.
        KeepAlive = 10,
        CommandTimeout = 10,
    }.ToString();

    public Task SendAsync(string message, CancellationToken cancellationToken) =>
        breaker.RunAsync((self: this, message, cancellationToken), static (x, _) =>
            x.self.NotifyAsync(Channel, x.message, x.cancellationToken)
        );

    public async Task ListenAsync(
        Action onListening,
        Action<string> onMessage,
        CancellationToken cancellationToken
    )
    {
        if (PostgresPooler.IsExpected(connection))
        {
            throw new NotSupportedException("pgbouncer in transaction mode passes no LISTEN on.");
        }
        var probe = $"{Channel}_{Guid.NewGuid():N}";
        var isHeard = false;
        await using var session = new NpgsqlConnection(listener);
        session.Notification += (_, e) =>
        {
            if (e.Channel == Channel)
            {
                onMessage(e.Payload);
            }
            isHeard |= e.Channel == probe;
        };
        await session.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}; LISTEN {probe}", session))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // A pooler that gives each transaction another session takes LISTEN without complaint, and delivers nothing.
        await NotifyAsync(probe, "", cancellationToken);
        while (!isHeard)
        {
            if (!await session.WaitAsync(ProbePatience, cancellationToken))
            {
                throw new NotSupportedException(
                    "LISTEN is not answered. A pooler in transaction mode, such as pgbouncer, cannot pass it on."
                );
            }
        }
        onListening();
        while (true)
        {
            await session.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// On a connection of its own and in one journey. That nobody waits for the disk spares it the wait of a commit: what
    /// a crash loses, nobody can hear any more.
    /// </summary>
    private async Task<int> NotifyAsync(string channel, string message, CancellationToken cancellationToken)
    {
        var statement = new Statement(
            "SELECT set_config('synchronous_commit', 'off', true), pg_notify(@channel, @message)",
            ("channel", channel),
            ("message", message)
        );
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await breaker.Statements.ExecuteAsync(connection, [statement], cancellationToken);
    }
}
