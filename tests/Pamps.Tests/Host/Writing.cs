using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Tests.Host;

/// <summary>Writes past the operations, in a transaction of the write gate.</summary>
public static class Writing
{
    /// <summary>Runs a statement; answers how many rows it changed.</summary>
    public static Task<int> ExecuteAsync(
        this PampsServer pamps,
        WriteTransaction write,
        string sql,
        CancellationToken ct,
        params (string Name, object? Value)[] parameters
    ) =>
        pamps
            .Services.GetRequiredService<IDatabase>()
            .ExecuteAsync([new Statement(sql, parameters)], write.Transaction, ct);
}
