using Pamps.Core.Archives;

namespace Pamps.Operations.Imports;

/// <summary>Counts what an import takes in and leaves out.</summary>
/// <param name="source">Where it comes from, in a word.</param>
/// <param name="before">What came of it until it was begun anew; null when it was not.</param>
internal sealed class Tally(string source, ImportReport? before = null)
{
    /// <summary>How many of one reason are named.</summary>
    private const int MostNamed = 5;

    private const int LongestName = 200;

    private readonly Dictionary<string, (long Count, List<string> Examples)> leftOut = [];

    public long Made { get; set; } = before?.Made ?? 0;

    public long Here { get; set; }

    public long Pictures { get; set; } = before?.Pictures ?? 0;

    public long Bookmarks { get; set; } = before?.Bookmarks ?? 0;

    public void Leave(string reason, string? name, long count = 1)
    {
        var (counted, examples) = leftOut.GetValueOrDefault(reason, (0, []));
        if (examples.Count < MostNamed && !string.IsNullOrEmpty(name))
        {
            var line = string.Concat(name.Where(x => !char.IsControl(x)));
            examples.Add(line.Length <= LongestName ? line : line[..LongestName]);
        }
        leftOut[reason] = (counted + count, examples);
    }

    /// <summary>As it stands, the largest first.</summary>
    public ImportReport ToReport() =>
        new(
            source,
            Made,
            // Those that it made itself until then are no others.
            Math.Max(0, Here - (before?.Made ?? 0)),
            Pictures,
            [
                .. leftOut
                    .OrderByDescending(x => x.Value.Count)
                    .Select(x => new LeftOut(x.Key, x.Value.Count, [.. x.Value.Examples])),
            ]
        )
        {
            Bookmarks = Bookmarks,
        };
}
