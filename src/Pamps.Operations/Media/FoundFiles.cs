namespace Pamps.Operations.Media;

/// <summary>Files of one kind, however many: how many there are, and the first of them by name.</summary>
/// <param name="Count">How many.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="First">The names of the first, at most <see cref="Most"/>.</param>
public sealed record FoundFiles(long Count, long Bytes, IReadOnlyList<string> First)
{
    /// <summary>The most names that are told.</summary>
    public const int Most = 20;

    /// <summary>None yet.</summary>
    internal static FoundFiles None { get; } = new(0, 0, []);

    internal FoundFiles With(string name, long bytes) =>
        new(Count + 1, Bytes + bytes, First.Count < Most ? [.. First, name] : First);
}
