using System.Diagnostics;
using System.Security.Cryptography;

namespace Floor;

/// <summary>What one password hash costs on this machine, without anything around it.</summary>
internal static class BareHash
{
    /// <summary>Prints milliseconds of processor time per hash: PBKDF2-HMAC-SHA512, 32 bytes out, as Identity's version 3.</summary>
    public static void Measure(int count, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        Rfc2898DeriveBytes.Pbkdf2("warm", salt, iterations, HashAlgorithmName.SHA512, 32);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < count; i++)
        {
            Rfc2898DeriveBytes.Pbkdf2("gulls-by-the-sea", salt, iterations, HashAlgorithmName.SHA512, 32);
        }
        var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
        Console.WriteLine(FormattableString.Invariant($"{spent.TotalMilliseconds / count:0.000}"));
    }
}
