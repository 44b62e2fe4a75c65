using Npgsql;
using Pamps.Core.Copies;

namespace Pamps.Data.Postgres;

/// <summary>Reaches other processes by PostgreSQL's LISTEN and NOTIFY.</summary>
internal sealed class PostgresCopyChannel(NpgsqlDataSource source, NpgsqlConnectionStringBuilder connection)
    : ICopyChannel
{
    private const string Channel = "pamps";

    /// <summary>The name of the sessions that listen, in <c>pg_stat_activity</c>.</summary>
    internal const string ListenerName = "pamps listener";

    /// <summary>Longer than a message needs on a server that is busy to its limit.</summary>
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(10);

    private readonly string listener = new NpgsqlConnectionStringBuilder(connection.ToString())
    {
        ApplicationName = ListenerName,
        Pooling = false,
        // A connection that died without a word would otherwise be listened to for ever.
        KeepAlive = 10,
        MaxAutoPrepare = 0,
        // A replica passes no notices on. Which server is the primary is asked anew each time.
        HostRecheckSeconds = 1,
        TargetSessionAttributes = connection.Host!.Contains(',', StringComparison.Ordinal) ? "primary" : null,
    }.ToString();

    public Task SendAsync(string message, CancellationToken cancellationToken) =>
        NotifyAsync(Channel, message, cancellationToken);

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
    private async Task NotifyAsync(string channel, string message, CancellationToken cancellationToken)
    {
        await using var notify = source.CreateCommand(
            "SELECT set_config('synchronous_commit', 'off', true), pg_notify(@channel, @message)"
        );
        notify.Parameters.AddWithValue("channel", channel);
        notify.Parameters.AddWithValue("message", message);
        await notify.ExecuteNonQueryAsync(cancellationToken);
    }
}
