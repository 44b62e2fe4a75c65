using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>What people say about themselves.</summary>
internal static class SampleBios
{
    public static string Make(ref SampleRandom random, int language)
    {
        var phrases = SamplePhrases.All[language];
        var first = random.Below(phrases.Bios.Length);
        var bio = phrases.Bios[first];
        for (var i = 1; i < 4 && random.Happens(0.6); i++)
        {
            // Always a later piece, so that nobody says the same thing twice.
            first = (first + 1 + random.Below(phrases.Bios.Length / 4)) % phrases.Bios.Length;
            bio += (random.Happens(0.5) ? " · " : "\n") + phrases.Bios[first];
        }
        return random.Happens(0.4) ? $"{bio} {random.Pick(SamplePhrases.Emoji)}" : bio;
    }
}
