using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Instances;
using Pamps.Core.Search;

namespace Pamps.Data.Postgres;

/// <summary>Sets Pamps up on PostgreSQL.</summary>
public static class PostgresServices
{
    /// <summary>Adds the database and the write gate.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connection">Where the database is, and as whom to sign in.</param>
    /// <param name="waitAtStart">How long the start waits for the database to answer.</param>
    public static IServiceCollection AddPampsPostgres(
        this IServiceCollection services,
        NpgsqlConnectionStringBuilder connection,
        TimeSpan waitAtStart
    )
    {
        // The server prepares what it sees often, so that PostgreSQL plans each hot statement once a connection.
        // Where a pooler shares sessions, what one prepares is not there for the next.
        connection.MaxAutoPrepare = connection.NoResetOnClose ? 0 : 100;
        // Nothing here leaves a session other than it was found, and putting it back would be seven statements before
        // each read.
        connection.NoResetOnClose = true;
        // After a statement was stopped for taking too long, a server that stands still does not say so either.
        connection.CancellationTimeout = 500;
        // PostgresStatements keeps the time of each statement instead. The driver has none for any: where it differs from one
        // to the next, it tells the system so with a call each.
        var patience = TimeSpan.FromSeconds(connection.CommandTimeout);
        connection.CommandTimeout = 0;
        // Made by the container, which then closes its connections in the end.
        services.AddSingleton(x => new PostgresBreaker(
            connection,
            patience,
            x.GetRequiredService<TimeProvider>(),
            x.GetRequiredService<ILogger<PostgresBreaker>>()
        ));
        services.AddSingleton(x => new PostgresServers(
            connection,
            x.GetRequiredService<PostgresBreaker>(),
            patience,
            TimeSpan.FromSeconds(x.GetRequiredService<PampsOptions>().Db.ReplicaLagSeconds),
            x.GetRequiredService<TimeProvider>(),
            x.GetRequiredService<ILoggerFactory>()
        ));
        services.AddSingleton(x => x.GetRequiredService<PostgresServers>().Primary);
        services.AddSingleton<IDatabase>(x => new PostgresDatabase(
            x.GetRequiredService<PostgresServers>(),
            x.GetRequiredService<PostgresBreaker>(),
            waitAtStart,
            x.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<IInstanceChannel>(x => new PostgresInstanceChannel(
            x.GetRequiredService<NpgsqlDataSource>(),
            x.GetRequiredService<PostgresBreaker>(),
            connection
        ));
        services.AddSingleton<FindMatches, PostgresMatches>();
        services.AddSingleton(KnownMigrations.In(Assembly.GetExecutingAssembly()));
        services.AddWriteGate<PostgresWriteGate>();
        return services;
    }
}
