using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Template._1;

internal sealed partial class Database
{
    private const string Scheme = "sqlite:///";
    private const int UniqueViolation = 2067;

    public const string DefaultUrl = Scheme + "app.db";

    /// <summary>Turns DATABASE_URL into what the driver understands.</summary>
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static string ReadUrl(string url) =>
        url.StartsWith(Scheme, StringComparison.Ordinal) && url.Length > Scheme.Length
            ? new SqliteConnectionStringBuilder { DataSource = url[Scheme.Length..] }.ToString()
            : throw new FormatException($"DATABASE_URL must look like {DefaultUrl}.");

    public static void Connect(DbContextOptionsBuilder to, string connection) => to.UseSqlite(connection);

    /// <summary>Makes the tables where there are none; it changes none that exist, see the README.</summary>
    public static async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Database>().Database.EnsureCreatedAsync();
    }

    public static bool IsDuplicate(DbUpdateException refused) =>
        refused.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueViolation };
}
