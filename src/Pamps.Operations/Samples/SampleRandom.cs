using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>What chance decides about. Each has numbers of its own, so that a change to one leaves the others.</summary>
internal enum Chance
{
    Name = 1,
    Profile,
    Rank,
    Language,
    Joined,
    Following,
    Follow,
    FollowedAt,
    Posted,
    Author,
    Parent,
    Popularity,
    Replying,
    Liker,
    LikedAt,
    Text,
    Silence,
}

/// <summary>
/// SplitMix64: the same numbers from the same seed on every version of .NET, and cheap to start anywhere. That is
/// what lets a row be made again from its number whenever it is needed, where keeping it would cost memory.
/// <see cref="Random"/> with a seed repeats itself too, but its start costs more than most rows need of it.
/// </summary>
internal struct SampleRandom
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;
    private ulong state;

    /// <summary>The numbers that decide one matter of one row.</summary>
    public SampleRandom(int seed, Chance about, int row) =>
        state = Mix(Mix((uint)seed + Step * (ulong)about) + Step * ((ulong)row + 1));

    /// <summary>From 0 up to, and without, 1.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to, and without, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(((Bits() >> 32) * (ulong)end) >> 32);

    public bool Happens(double probability) => Unit() < probability;

    public T Pick<T>(T[] among) => among[Below(among.Length)];

    /// <summary>Half of all lie below 1, few far above: what waiting times and habits look like.</summary>
    public double LogNormal(double spread) =>
        Math.Exp(spread * Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit()));

    private ulong Bits() => Mix(state += Step);

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
        return x ^ (x >> 31);
    }
}
