namespace Pamps.Media;

/// <summary>
/// Which of ffmpeg's readers is let at a file, by how it begins. ffmpeg never chooses itself: it has hundreds, some of which read lists of
/// other files and addresses.
/// </summary>
/// <param name="Name">What ffmpeg calls it.</param>
/// <param name="SaysDuration">Whether a file says at its beginning how long it plays, so that one that was cut is known.</param>
internal sealed record Demuxer(string Name, bool SaysDuration)
{
    /// <summary>How much of a file is looked at.</summary>
    private const int HeadLength = 64;

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    private static readonly Demuxer Mov = new("mov", SaysDuration: true);
    private static readonly Demuxer Matroska = new("matroska", SaysDuration: true);
    private static readonly Demuxer Flac = new("flac", SaysDuration: true);
    private static readonly Demuxer Wav = new("wav", SaysDuration: false);
    private static readonly Demuxer Ogg = new("ogg", SaysDuration: false);
    private static readonly Demuxer Mp3 = new("mp3", SaysDuration: false);
    private static readonly Demuxer Aac = new("aac", SaysDuration: false);

    /// <summary>What is made here.</summary>
    public static Demuxer OfOwn(bool isVideo) => isVideo ? Mov : Mp3;

    /// <summary>The one for a file; null for what begins as neither video nor audio.</summary>
    public static Demuxer? Of(string path)
    {
        var head = new byte[HeadLength];
        using var file = File.Open(
            path,
            new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 }
        );
        return Of(head.AsSpan(0, file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)));
    }

    /// <summary>The same by the first bytes.</summary>
    public static Demuxer? Of(ReadOnlySpan<byte> head) =>
        head.Length < 16 ? null
        : head[4..8].SequenceEqual("ftyp"u8)
            ? IsPicture(head[8..12]) ? null
                : Mov
        : head.StartsWith(Ebml)
            ? head.IndexOf("webm"u8) > 0 ? Matroska
                : null
        : head.StartsWith("fLaC"u8) ? Flac
        : head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WAVE"u8) ? Wav
        : head.StartsWith("OggS"u8) ? Ogg
        : head.StartsWith("ID3"u8) ? Mp3
        : head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? Aac
        : head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 ? Mp3
        : null;

    /// <summary>AVIF and HEIC look the same from outside.</summary>
    private static bool IsPicture(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("avi"u8)
        || brand.StartsWith("hei"u8)
        || brand.StartsWith("hev"u8)
        || brand.SequenceEqual("mif1"u8)
        || brand.SequenceEqual("msf1"u8);
}
