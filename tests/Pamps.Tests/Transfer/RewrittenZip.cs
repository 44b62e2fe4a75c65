using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Tests.Transfer;

/// <summary>Archives that somebody changed who knows how their checksums are made.</summary>
internal static class RewrittenZip
{
    /// <summary>The archive with a part of a file's text replaced, and a checksum that is right.</summary>
    public static byte[] Of(byte[] archive, string file, string what, string by) =>
        With(archive, file, text =>
        {
            var changed = text.Replace(what, by, StringComparison.Ordinal);
            Assert.NotEqual(text, changed);
            return changed;
        });

    /// <summary>The archive with other files, and checksums of those.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="change">Changes, removes and adds files.</param>
    public static byte[] Anew(byte[] archive, Action<Dictionary<string, byte[]>> change)
    {
        const string sums = "SHA256SUMS";
        var files = Read(archive);
        files.Remove(sums);
        change(files);
        var lines = files.Select(x => $"{Convert.ToHexStringLower(SHA256.HashData(x.Value))}  {x.Key}\n");
        files[sums] = Encoding.ASCII.GetBytes(string.Concat(lines));
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    /// <summary>What is in an archive.</summary>
    public static Dictionary<string, byte[]> Read(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using var from = entry.Open();
            from.CopyTo(bytes);
            files[entry.FullName] = bytes.ToArray();
        }
        return files;
    }

    /// <summary>The archive with another text, or with one more file.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="file">Which file.</param>
    /// <param name="change">Makes the new text of the old one, which is empty where there is none.</param>
    /// <param name="isSummed">Whether the file's checksum is made anew.</param>
    public static byte[] With(byte[] archive, string file, Func<string, string> change, bool isSummed = true)
    {
        const string sums = "SHA256SUMS";
        using var stream = new MemoryStream();
        stream.Write(archive);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var changed = change(Read(file));
            Replace(file, changed);
            if (isSummed)
            {
                var others = Read(sums)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(x => !x.EndsWith($"  {file}", StringComparison.Ordinal));
                var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(changed)));
                Replace(sums, string.Join('\n', [.. others, $"{hash}  {file}", ""]));
            }

            string Read(string name)
            {
                if (zip.GetEntry(name) is not { } entry)
                {
                    return "";
                }
                using var text = new StreamReader(entry.Open());
                return text.ReadToEnd();
            }

            void Replace(string name, string text)
            {
                zip.GetEntry(name)?.Delete();
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }
}
