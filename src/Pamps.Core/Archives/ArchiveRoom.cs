using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Archives;

/// <summary>How much room archives have, all together.</summary>
internal sealed class ArchiveRoom(Sql sql, PampsOptions options)
{
    /// <summary>There is none.</summary>
    public static readonly Error None = new(
        ErrorKind.Unavailable,
        "archives_full",
        "There is no room for another archive on this server now; try again in some days"
    );

    /// <summary>How many bytes there are left: at least none. Of several at once each is told the same.</summary>
    public async Task<long> LeftAsync(CancellationToken ct)
    {
        if (options.Archives.SiteMegabytes == 0)
        {
            return long.MaxValue;
        }
        var taken = await sql.FirstAsync(
            """
            SELECT COALESCE((SELECT SUM(a.bytes) FROM archive a WHERE a.file IS NOT NULL), 0)
                + COALESCE((SELECT SUM(i.bytes) FROM import i WHERE i.ended_at IS NULL), 0)
            """,
            row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture),
            ct
        );
        return Math.Max(0, options.Archives.SiteBytes - taken);
    }
}
