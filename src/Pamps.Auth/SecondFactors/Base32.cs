using System.Text;

namespace Pamps.Auth;

/// <summary>Base32 of RFC 4648 section 6, which .NET has not.</summary>
internal static class Base32
{
    public const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private const int BitsOfALetter = 5;

    /// <summary>Without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 / BitsOfALetter) + 1);
        var (held, bits) = (0, 0);
        foreach (var one in bytes)
        {
            held = (held << 8) | one;
            for (bits += 8; bits >= BitsOfALetter; bits -= BitsOfALetter)
            {
                text.Append(Letters[(held >> (bits - BitsOfALetter)) & 31]);
            }
            held &= (1 << bits) - 1;
        }
        return bits == 0
            ? text.ToString()
            : text.Append(Letters[(held << (BitsOfALetter - bits)) & 31]).ToString();
    }
}
