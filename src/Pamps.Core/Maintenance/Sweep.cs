using Microsoft.EntityFrameworkCore;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Maintenance;

/// <summary>Throws away what has expired: logins nobody prolonged, and answers kept for repeated requests.</summary>
public sealed class Sweep
{
    private const int Batch = 500;

    private readonly IWriteGate writes;
    private readonly TimeProvider time;

    internal Sweep(IWriteGate writes, TimeProvider time) => (this.writes, this.time) = (writes, time);

    /// <summary>Deletes all that has expired, in small transactions so that nobody waits; answers how many rows.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        int rows;
        do
        {
            var batch = await writes.RunAsync<int>(
                async (db, ct) =>
                {
                    var now = time.Now();
                    var oldest = now - IdempotencyKey.Lifetime;
                    var logins = db
                        .Logins.Where(x => x.ExpiresAt < now)
                        .OrderBy(x => x.ExpiresAt)
                        .Take(Batch);
                    var answers = db.Answers.Where(x => x.CreatedAt < oldest);
                    return await db.Logins.Where(x => logins.Any(l => l.Id == x.Id)).ExecuteDeleteAsync(ct)
                        + await answers.OrderBy(x => x.CreatedAt).Take(Batch).ExecuteDeleteAsync(ct);
                },
                cancellationToken
            );
            rows = batch.Value;
            swept += rows;
        } while (rows > 0);
        return swept;
    }
}
