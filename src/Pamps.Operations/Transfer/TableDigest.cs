using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Pamps.Core;

namespace Pamps.Operations.Transfer;

/// <summary>What a table holds, in a few bytes: equal where the rows are equal, on whichever database.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Checksum">
/// The sum, modulo 2^128, of the first halves of the SHA-256 hashes of the rows' lines. A sum, because the databases order
/// texts differently.
/// </param>
public sealed record TableDigest(string Table, long Rows, string Checksum);

/// <summary>Adds up the digest of a table, row by row.</summary>
internal sealed class DigestSum
{
    private UInt128 sum;

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        unchecked
        {
            sum += BinaryPrimitives.ReadUInt128BigEndian(hash);
        }
        Rows++;
    }

    public TableDigest Of(string table) =>
        new(table, Rows, sum.ToString("x32", CultureInfo.InvariantCulture));
}
