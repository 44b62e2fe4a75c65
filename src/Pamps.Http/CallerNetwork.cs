using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Pamps.Auth;

namespace Pamps.Http;

/// <summary>
/// The <see cref="RemoteNetwork"/> that a request comes from, as a number: what an address may have at once or in a time is counted
/// by it. Null when it is not known, and for the machine itself, lest a proxy on it that nobody named as trusted makes all people one.
/// </summary>
internal static class CallerNetwork
{
    /// <summary>For what is counted in memory.</summary>
    public static long? Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        {
            return null;
        }
        var bytes = RemoteNetwork.Of(address);
        // Of IPv6, addresses that begin with 32 zeros are nobody's.
        return bytes.Length == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>
    /// For what is written down: a keyed hash, below zero, since a plain one would be undone by trying all addresses.
    /// </summary>
    public static long? HashOf(HttpContext context)
    {
        if (Of(context) is not { } network)
        {
            return null;
        }
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, network);
        var hash = HMACSHA256.HashData(KeysOf(context).Of("pamps registrations of a network"), number);
        return BinaryPrimitives.ReadInt64BigEndian(hash) | long.MinValue;
    }

    /// <summary>
    /// For the security log: a keyed hash of 16 characters, by which the same network is known again and nobody is found. The
    /// machine itself has one too, since nothing is counted by it. Null when it is not known.
    /// </summary>
    public static string? HashForLog(IPAddress? address, PurposeKeys keys) =>
        address is null
            ? null
            : Convert.ToHexStringLower(
                HMACSHA256
                    .HashData(keys.Of("pamps networks in the security log"), RemoteNetwork.Of(address))
                    .AsSpan(0, 8)
            );

    /// <inheritdoc cref="HashForLog(IPAddress?, PurposeKeys)"/>
    public static string? HashForLog(HttpContext context) =>
        HashForLog(context.Connection.RemoteIpAddress, KeysOf(context));

    private static PurposeKeys KeysOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<PurposeKeys>();
}
