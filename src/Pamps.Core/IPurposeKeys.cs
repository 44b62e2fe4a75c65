namespace Pamps.Core;

/// <summary>Keys that are derived from the server's secret, one for each purpose. The host gives the implementation.</summary>
public interface IPurposeKeys
{
    /// <summary>The key for a purpose: the same at every instance with the same secret, and of no use for any other.</summary>
    /// <param name="purpose">What it is for, in words that stand in the program.</param>
    ReadOnlySpan<byte> Of(string purpose);
}
