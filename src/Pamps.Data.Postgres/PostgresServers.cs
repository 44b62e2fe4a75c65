using Microsoft.Extensions.Logging;
using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>
/// The servers that are named. Which of several is the primary the driver finds out, and finds out again when another
/// takes its place; those that replicate it are read from.
/// </summary>
internal sealed class PostgresServers : IAsyncDisposable
{
    private readonly NpgsqlMultiHostDataSource? all;
    private readonly NpgsqlMultiHostDataSource? asking;

    public PostgresServers(
        NpgsqlConnectionStringBuilder connection,
        PostgresBreaker breaker,
        TimeSpan patience,
        TimeSpan mostLag,
        TimeProvider time,
        ILoggerFactory loggers
    )
    {
        breaker.Statements.Doubted += Reconnect;
        if (!AreSeveral(connection))
        {
            Primary = new NpgsqlDataSourceBuilder(connection.ToString()).Build();
            return;
        }
        // While the driver does not know what a server is, it asks each in turn, and waits in vain for one that is dead. So
        // it asks once, and again when a server has become the primary or a connection to it broke.
        connection.HostRecheckSeconds = 24 * 60 * 60;
        var cluster = new ClusterIdentity();
        all = With(cluster.LearnAsync, connection).BuildMultiHost();
        // Not ReadWrite: a primary that an administrator has set to read-only goes on being read.
        Primary = all.WithTargetSession(TargetSessionAttributes.Primary);
        // Beside the pool: where all its connections are busy, replicas are needed most.
        var one = new NpgsqlConnectionStringBuilder(connection.ToString()) { MaxPoolSize = 1 };
        asking = With(cluster.LearnAsync, one).BuildMultiHost();
        Replicas = new PostgresReplicas(
            new PrimaryPosition(
                this,
                asking.WithTargetSession(TargetSessionAttributes.Primary),
                breaker,
                time
            ),
            [.. connection.Host!.Split(',').Select(One)],
            time
        );

        Replica One(string host)
        {
            var only = new NpgsqlConnectionStringBuilder(connection.ToString()) { Host = host };
            var source = With(cluster.CheckAsync, only).Build();
            var statements = new PostgresStatements(patience);
            statements.Doubted += source.Clear;
            return new Replica(
                host,
                source,
                statements,
                mostLag,
                ForgetWhichIsWhich,
                time,
                loggers.CreateLogger<Replica>()
            );
        }
    }

    /// <summary>Connections to the server that takes writes.</summary>
    public NpgsqlDataSource Primary { get; }

    /// <summary>Where reads may go instead; null where one server is all there is.</summary>
    public PostgresReplicas? Replicas { get; }

    /// <summary>Whether more than one server is named.</summary>
    public static bool AreSeveral(NpgsqlConnectionStringBuilder connection) =>
        connection.Host!.Contains(',', StringComparison.Ordinal);

    /// <summary>
    /// How to open a session outside the pool at the primary. Which of several servers that is, is asked anew each time.
    /// </summary>
    /// <param name="connection">How all connections are opened.</param>
    /// <param name="name">The session's name, in <c>pg_stat_activity</c>.</param>
    public static string OwnSession(NpgsqlConnectionStringBuilder connection, string name) =>
        new NpgsqlConnectionStringBuilder(connection.ToString())
        {
            ApplicationName = name,
            Pooling = false,
            MaxAutoPrepare = 0,
            HostRecheckSeconds = 1,
            TargetSessionAttributes = AreSeveral(connection) ? "primary" : null,
        }.ToString();

    /// <summary>To be called when a connection to the primary broke: others that wait unused are most likely broken too.</summary>
    public void Reconnect()
    {
        Primary.Clear();
        asking?.Clear();
        ForgetWhichIsWhich();
    }

    public async ValueTask DisposeAsync()
    {
        if (Replicas is not null)
        {
            await Replicas.DisposeAsync();
        }
        await Primary.DisposeAsync();
        if (all is not null)
        {
            await all.DisposeAsync();
        }
        if (asking is not null)
        {
            await asking.DisposeAsync();
        }
    }

    private void ForgetWhichIsWhich()
    {
        all?.ClearDatabaseStates();
        asking?.ClearDatabaseStates();
    }

    private static NpgsqlDataSourceBuilder With(
        Func<NpgsqlConnection, Task> check,
        NpgsqlConnectionStringBuilder connection
    ) =>
        new NpgsqlDataSourceBuilder(connection.ToString()).UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("Connections are opened asynchronously."),
            check
        );
}
