using System.Reflection;
using Microsoft.Data.Sqlite;
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
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            Pooling = true,
            DefaultTimeout = 30,
        }.ToString();
        // Made by the container, which then closes its connections in the end.
        services.AddSingleton(_ => new SqliteDatabase(DatabaseFile.Make(path), connection));
        services.AddSingleton<IDatabase>(x => x.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<ISnapshotFiles>(_ => new SqliteSnapshotFiles(path, connection));
        services.AddSingleton<FindMatches, SqliteMatches>();
        services.AddSingleton(KnownMigrations.In(Assembly.GetExecutingAssembly()));
        services.AddWriteGate<SqliteWriteGate>();
        return services;
    }
}
