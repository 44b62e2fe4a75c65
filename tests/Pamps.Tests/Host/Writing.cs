using Pamps.Core.Writes;

namespace Pamps.Tests.Host;

/// <summary>Writes past the operations, in a transaction of the write gate.</summary>
public static class Writing
{
    /// <summary>Runs a statement; answers how many rows it changed.</summary>
    public static async Task<int> ExecuteAsync(
        this WriteTransaction write,
        string sql,
        CancellationToken ct,
        params (string Name, object Value)[] parameters
    )
    {
        await using var command = write.Transaction.Connection!.CreateCommand();
        command.Transaction = write.Transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{name}", value);
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteNonQueryAsync(ct);
    }
}
