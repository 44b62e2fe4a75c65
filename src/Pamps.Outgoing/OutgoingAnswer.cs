namespace Pamps.Outgoing;

/// <summary>What another server answered.</summary>
/// <param name="Address">Where it was found, after all redirects.</param>
/// <param name="MediaType">What it says that it is, in small letters; or null.</param>
/// <param name="Charset">The encoding that it names; or null.</param>
/// <param name="Body">What is in it, unpacked.</param>
/// <param name="IsCut">Whether there is more of it than was read.</param>
internal sealed record OutgoingAnswer(
    Uri Address,
    string? MediaType,
    string? Charset,
    ReadOnlyMemory<byte> Body,
    bool IsCut
);
