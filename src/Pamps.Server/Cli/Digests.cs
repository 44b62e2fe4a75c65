using System.Globalization;
using Pamps.Operations.Transfer;
using Spectre.Console;

namespace Pamps.Server.Cli;

internal static class Digests
{
    /// <summary>What tables hold, for people and to compare.</summary>
    public static Table ToTable(IEnumerable<TableDigest> digests)
    {
        var table = new Table().AddColumn("table").AddColumn("rows").AddColumn("checksum");
        foreach (var digest in digests)
        {
            table.AddRow(
                Markup.Escape(digest.Table),
                digest.Rows.ToString("N0", CultureInfo.InvariantCulture),
                digest.Checksum
            );
        }
        return table;
    }
}
