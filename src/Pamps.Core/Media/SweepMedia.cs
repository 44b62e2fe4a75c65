using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;
using Pamps.Core.Jobs;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>
/// Takes away what nobody will ever see: pictures that a day after they were sent are in no post and no profile, and what was received and not
/// ended. A file that the database does not know is left alone: it may be another database's.
/// </summary>
public sealed partial class SweepMedia : IRecurringJob
{
    private const int Batch = 100;

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly IMediaStore store;
    private readonly DropFiles drop;
    private readonly MediaMeasures measures;
    private readonly TimeProvider time;
    private readonly ILogger<SweepMedia> logger;

    internal SweepMedia(
        Writer writer,
        Sql sql,
        IMediaStore store,
        DropFiles drop,
        MediaMeasures measures,
        TimeProvider time,
        ILogger<SweepMedia> logger
    )
    {
        (this.writer, this.sql, this.store, this.drop) = (writer, sql, store, drop);
        (this.measures, this.time, this.logger) = (measures, time, logger);
    }

    /// <inheritdoc/>
    public string Kind => "sweep-media";

    /// <inheritdoc/>
    public TimeSpan Delay => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        store.ClearUnfinished(time.Now() - measures.Unfinished);
        var pictures = await DropUnusedAsync(ct);
        var files = await drop.RunAsync(ct);
        if (pictures + files > 0)
        {
            LogSwept(pictures, files);
        }
    }

    /// <summary>Takes away pictures that neither a post nor a profile shows; answers how many.</summary>
    public async Task<int> DropUnusedAsync(CancellationToken ct)
    {
        var dropped = 0;
        while (true)
        {
            var old = await sql.ListAsync(
                $"SELECT m.id, m.user_id FROM media m WHERE {MediaRows.IsFree} AND m.id < @first ORDER BY m.id LIMIT @take",
                row => (Id: row.GetInt64(0), UserId: row.GetInt64(1)),
                ct,
                // An id says when its row was made.
                ("first", Ids.At(time.Now() - measures.Unused, 0)),
                ("take", Batch)
            );
            if (old.Count == 0)
            {
                return dropped;
            }
            foreach (var (id, userId) in old)
            {
                await writer.RunAsync<Done>(viewer: null, write => DropAsync(write, id, userId), ct);
                dropped++;
            }
        }
    }

    private static async Task<Result<Done>> DropAsync(Write write, long id, long userId)
    {
        write.LockUser(userId);
        write.Before(
            write.Dialect.Lock(
                $"SELECT 1 FROM media m WHERE m.id = @media{write.Dialect.ForUpdate("m")}",
                ("media", id)
            )
        );
        var isStill = await write.FirstAsync(
            new Statement($"SELECT 1 FROM media m WHERE m.id = @media AND {MediaRows.IsFree}", ("media", id)),
            _ => true
        );
        if (isStill)
        {
            MediaRows.Drop(write, userId, "m.id = @media", ("media", id));
        }
        return new Done();
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Swept {Pictures} pictures that nothing shows and {Files} files"
    )]
    private partial void LogSwept(int pictures, int files);
}
