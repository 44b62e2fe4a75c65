using Pamps.Core.Archives;

namespace Pamps.Operations.Imports;

/// <summary>Counts what an import takes in and leaves out.</summary>
/// <param name="source">Where it comes from, in a word.</param>
internal sealed class Tally(string source)
{
    /// <summary>How many of one reason are named.</summary>
    private const int MostNamed = 5;

    private const int LongestName = 200;

    private readonly Dictionary<string, (long Count, List<string> Examples)> leftOut = [];

    public long Made { get; set; }

    public long Here { get; set; }

    public long Pictures { get; set; }

    public void Leave(string reason, string? name, long count = 1)
    {
        var (before, examples) = leftOut.GetValueOrDefault(reason, (0, []));
        if (examples.Count < MostNamed && !string.IsNullOrEmpty(name))
        {
            var line = string.Concat(name.Where(x => !char.IsControl(x)));
            examples.Add(line.Length <= LongestName ? line : line[..LongestName]);
        }
        leftOut[reason] = (before + count, examples);
    }

    /// <summary>As it stands, the largest first.</summary>
    public ImportReport ToReport() =>
        new(
            source,
            Made,
            Here,
            Pictures,
            [
                .. leftOut
                    .OrderByDescending(x => x.Value.Count)
                    .Select(x => new LeftOut(x.Key, x.Value.Count, [.. x.Value.Examples])),
            ]
        );
}
