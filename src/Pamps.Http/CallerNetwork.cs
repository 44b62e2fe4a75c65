using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Pamps.Auth;

namespace Pamps.Http;

/// <summary>
/// The network that a request comes from, as a number: what an address may have at once or in a time is counted by it. An IPv4
/// address, or the /64 of an IPv6 address, of which one customer has as many as they like (RFC 6177). Null when it is not
/// known, and for the machine itself, lest a proxy on it that nobody named as trusted makes all people one.
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
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        // Of IPv6, addresses that begin with 32 zeros are nobody's.
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : address.IsIPv4MappedToIPv6 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])
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
        var secret = context.RequestServices.GetRequiredService<IOptions<PampsAuthOptions>>().Value.SecretKey;
        var hash = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes($"registrations, network\n{network}")
        );
        return BinaryPrimitives.ReadInt64BigEndian(hash) | long.MinValue;
    }
}
