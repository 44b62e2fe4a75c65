using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>Makes rows of the table of events.</summary>
internal static class EventRows
{
    /// <summary>Events of posts that are long gone, by nobody.</summary>
    public static async Task AddAsync(PampsServer pamps, int count, DateTime date)
    {
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO event (tx, kind, user_id, subject_id, date) SELECT 0, 1, 1, i, @date FROM n
            """;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("date", date);
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
