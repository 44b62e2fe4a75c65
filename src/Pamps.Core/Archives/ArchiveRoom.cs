using System.Globalization;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Archives;

/// <summary>
/// How much room archives have, all together: what rows say of those that are there, and what this instance writes of others meanwhile.
/// </summary>
internal sealed class ArchiveRoom(Sql sql, PampsOptions options)
{
    private readonly Lock sync = new();

    /// <summary>What rows named when they were last read, and what was kept since.</summary>
    private long named;

    /// <summary>What is written of files that no row names yet.</summary>
    private long underWay;

    private long timesKept;

    /// <summary>There is none.</summary>
    public static readonly Error None = new(
        ErrorKind.Unavailable,
        "archives_full",
        "There is no room for another archive on this server now; try again in some days"
    );

    private long Left => options.Archives.SiteBytes - named - underWay;

    /// <summary>How many bytes there are left: at least none. It is no promise: others may take them.</summary>
    public async Task<long> LeftAsync(CancellationToken ct)
    {
        if (options.Archives.SiteMegabytes == 0)
        {
            return long.MaxValue;
        }
        var keptBefore = Interlocked.Read(ref timesKept);
        var found = await sql.FirstAsync(
            """
            SELECT COALESCE((SELECT SUM(a.bytes) FROM archive a WHERE a.file IS NOT NULL), 0)
                + COALESCE((SELECT SUM(i.bytes) FROM import i WHERE i.ended_at IS NULL), 0)
            """,
            row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture),
            ct
        );
        lock (sync)
        {
            // What was kept while that was read may not be in it.
            named = timesKept == keptBefore ? found : Math.Max(named, found);
            return Math.Max(0, Left);
        }
    }

    /// <summary>Begins to write a file, of which each byte is taken before it is written.</summary>
    public async Task<Share> BeginAsync(CancellationToken ct)
    {
        await LeftAsync(ct);
        return new Share(this);
    }

    /// <summary>What one file takes; to be disposed when a row names it, or it is gone.</summary>
    public sealed class Share(ArchiveRoom room) : IDisposable
    {
        private long bytes;
        private bool isKept;

        /// <summary>Takes so many bytes more; false when there is no room for them.</summary>
        public bool TryTake(long more)
        {
            lock (room.sync)
            {
                if (room.Left < more)
                {
                    return false;
                }
                room.underWay += more;
                bytes += more;
                return true;
            }
        }

        /// <summary>A row names the file now.</summary>
        public void Keep() => isKept = true;

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (room.sync)
            {
                room.underWay -= bytes;
                if (isKept)
                {
                    room.named += bytes;
                    room.timesKept++;
                }
                bytes = 0;
            }
        }
    }
}
