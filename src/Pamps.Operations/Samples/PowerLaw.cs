using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>
/// Draws ranks, the first ones far more often: rank r in proportion to (r + shift)^-exponent. The shift keeps the
/// very first from taking everything.
/// </summary>
/// <param name="count">How many ranks there are.</param>
/// <param name="shift">More than 0.</param>
/// <param name="exponent">More than 1.</param>
internal readonly struct PowerLaw(int count, double shift, double exponent)
{
    private readonly double first = Math.Pow(shift, 1 - exponent);
    private readonly double last = Math.Pow(count + shift, 1 - exponent);
    private readonly double power = 1 / (1 - exponent);

    /// <summary>A rank from 0 up to, and without, the count.</summary>
    public int Draw(ref SampleRandom random)
    {
        // The inverse of the cumulative distribution: one power, whatever the count.
        var place = Math.Pow(first + random.Unit() * (last - first), power) - shift;
        return Math.Clamp((int)place, 0, count - 1);
    }
}
