using System.Globalization;

namespace Pamps.Operations;

/// <summary>Numbers of bytes, for people.</summary>
public static class ByteCount
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    /// <summary>The number in the largest unit (of 1000) that leaves something before the point.</summary>
    public static string Text(long bytes)
    {
        var (value, unit) = (bytes / 1000.0, 0);
        while (value >= 1000 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
