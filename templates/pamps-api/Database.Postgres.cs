using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Template._1;

internal sealed partial class Database
{
    public const string DefaultUrl = "postgresql://postgres:postgres@localhost:5432/template__1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Turns DATABASE_URL into what the driver understands.</summary>
    /// <exception cref="FormatException">With one line for whoever started the program.</exception>
    public static string ReadUrl(string url)
    {
        try
        {
            var uri = new Uri(url);
            var user = uri.UserInfo.Split(':', 2);
            var connection = new NpgsqlConnectionStringBuilder
            {
                Host = uri.Host,
                Port = uri.Port < 0 ? 5432 : uri.Port,
                Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
                Username = Uri.UnescapeDataString(user[0]),
                Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            };
            foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var pair = option.Split('=', 2);
                connection[pair[0]] = Uri.UnescapeDataString(pair[^1]).Replace("verify-", "Verify");
            }
            return uri.Scheme is "postgresql" or "postgres" && connection.Database.Length > 0
                ? connection.ToString()
                : throw new FormatException("This names no PostgreSQL database.");
        }
        // The URL itself stays out of the line: it has a password in it.
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new FormatException($"DATABASE_URL must look like {DefaultUrl}. {wrong.Message}");
        }
    }

    public static void Connect(DbContextOptionsBuilder to, string connection) => to.UseNpgsql(connection);

    /// <summary>
    /// Waits for the server, and makes the database and the tables where there are none; it changes none that
    /// exist, see the README.
    /// </summary>
    /// <exception cref="IOException">The server does not answer, with one line for whoever started the program.</exception>
    public static async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database>().Database;
        var log = services.GetRequiredService<ILogger<Database>>();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await database.EnsureCreatedAsync();
                return;
            }
            // What is started together is not ready together.
            catch (Exception notYet) when (MayPass(notYet.GetBaseException()))
            {
                var reason = notYet.GetBaseException().Message;
                if (Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new IOException($"The database does not answer: {reason}", notYet);
                }
                log.LogWarning("Waiting for the database: {Reason}", reason);
                await Task.Delay(TimeSpan.FromSeconds(2));
            }
        }
    }

    public static bool IsDuplicate(DbUpdateException refused) =>
        refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static bool MayPass(Exception exception) =>
        exception
            is SocketException
                or IOException
                or TimeoutException
                or NpgsqlException { IsTransient: true };
}
