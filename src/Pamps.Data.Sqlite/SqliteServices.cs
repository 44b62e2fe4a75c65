using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Search;

namespace Pamps.Data.Sqlite;

/// <summary>Sets Pamps up on an SQLite file.</summary>
public static class SqliteServices
{
    /// <summary>Adds the database and the write gate for the file.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="path">The file, made when missing, for its owner only; its folder must exist.</param>
    public static IServiceCollection AddPampsSqlite(this IServiceCollection services, string path)
    {
        SqliteEngine.SetUp();
        // Made by the container, which then closes its connections in the end.
        services.AddSingleton(_ => new SqliteFile(DatabaseFile.Make(path)));
        services.AddSingleton(x => new SqliteDatabase(x.GetRequiredService<SqliteFile>()));
        services.AddSingleton<IDatabase>(x => x.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<ISnapshotFiles>(x => new SqliteSnapshotFiles(
            x.GetRequiredService<SqliteFile>()
        ));
        services.AddSingleton<FindMatches, SqliteMatches>();
        services.AddSingleton(KnownMigrations.In(Assembly.GetExecutingAssembly()));
        services.AddWriteGate<SqliteWriteGate>();
        return services;
    }
}
