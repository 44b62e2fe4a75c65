using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Pamps.Core;

namespace Pamps.Operations.Transfer;

/// <summary>Writes a ZIP archive whose last file has the checksums of all the others, as <c>sha256sum</c> writes them.</summary>
/// <param name="output">Where to; need not be one that can go back.</param>
internal sealed class SummedZipWriter(Stream output) : IDisposable
{
    private readonly ZipArchive archive = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly StringBuilder sums = new();

    /// <summary>Writes a small file.</summary>
    public void Write(string name, byte[] text)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(text);
        AddSum(SHA256.HashData(text), name);
    }

    /// <summary>Begins a file that is written in parts, and ends when it is disposed. One at a time.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="level">How hard to try to make it smaller.</param>
    public Entry Begin(string name, CompressionLevel level = CompressionLevel.Fastest) =>
        new(this, name, level);

    /// <summary>Writes the checksums. Nothing comes after them.</summary>
    public void End()
    {
        using var entry = archive.CreateEntry(SummedZip.SumsName, CompressionLevel.Fastest).Open();
        entry.Write(Encoding.ASCII.GetBytes(sums.ToString()));
    }

    public void Dispose() => archive.Dispose();

    private void AddSum(byte[] hash, string name) =>
        sums.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash)}  {name}\n");

    /// <summary>A file in the archive.</summary>
    public sealed class Entry : IAsyncDisposable
    {
        private readonly SummedZipWriter writer;
        private readonly string name;
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // The deflating stream costs a call into native code for each write.
        private readonly BufferedStream stream;

        internal Entry(SummedZipWriter writer, string name, CompressionLevel level)
        {
            (this.writer, this.name) = (writer, name);
            stream = new(writer.archive.CreateEntry(name, level).Open(), 64 * 1024);
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }

        /// <summary>Writes what is in another stream, from where it is to its end; answers how many bytes that were.</summary>
        public async Task<long> CopyAsync(Stream content, CancellationToken ct)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(81_920);
            try
            {
                var bytes = 0L;
                while (await content.ReadAsync(buffer, ct) is > 0 and var read)
                {
                    Write(buffer.AsSpan(0, read));
                    bytes += read;
                }
                return bytes;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stream.DisposeAsync();
            writer.AddSum(hash.GetHashAndReset(), name);
            hash.Dispose();
        }
    }
}
