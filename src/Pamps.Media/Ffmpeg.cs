using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Pamps.Core;

namespace Pamps.Media;

/// <summary>The programs ffmpeg and ffprobe of the machine, and the arguments with which strangers' files are opened.</summary>
/// <param name="Encoder">Where ffmpeg is.</param>
/// <param name="Prober">Where ffprobe is.</param>
internal sealed record Ffmpeg(string Encoder, string Prober)
{
    public const string Off = "off";

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);
    private static readonly string[] Encoders = ["libx264", "aac", "libmp3lame", "png"];

    /// <summary>What they know stays as it is while this process runs; only what they said themselves is kept.</summary>
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>
    /// What may decode, under the names that ffmpeg has had for them; the pictures are those that stand on covers of songs.
    /// </summary>
    private const string Decoders =
        "h264,hevc,vp8,vp9,av1,libvpx,libvpx-vp9,libdav1d,libaom-av1,aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,flac,alac,"
        + "pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,mjpeg,png";

    /// <summary>Those that are set; null where there are none, or they lack what is needed of them.</summary>
    /// <exception cref="Win32Exception">They cannot be started.</exception>
    /// <exception cref="TimeoutException">They did not say what they can, as on a machine that has too much to do.</exception>
    public static Ffmpeg? Find(MediaOptions options)
    {
        if (options.Ffmpeg == Off || Locate(options.Ffmpeg) is not { } encoder)
        {
            return null;
        }
        var prober = Path.Combine(Path.GetDirectoryName(encoder)!, ProgramName("ffprobe"));
        if (!File.Exists(prober))
        {
            return null;
        }
        // What throws is not kept.
        return Known.GetOrAdd(encoder, HasEncoders) ? new Ffmpeg(encoder, prober) : null;
    }

    /// <summary>What stands before the file: only it is opened, by this reader alone, and with an end to everything.</summary>
    public static IEnumerable<string> Open(Demuxer demuxer, string path) =>
        [
            "-protocol_whitelist",
            "file",
            "-codec_whitelist",
            Decoders,
            "-max_streams",
            "32",
            "-probesize",
            "5000000",
            "-analyzeduration",
            "5000000",
            "-f",
            demuxer.Name,
            "-i",
            $"file:{path}",
        ];

    private static string? Locate(string set) =>
        set.Length > 0
            ? set
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathFullyQualified)
                .Select(x => Path.Combine(x, ProgramName("ffmpeg")))
                .FirstOrDefault(File.Exists);

    private static string ProgramName(string name) => OperatingSystem.IsWindows() ? $"{name}.exe" : name;

    private static bool HasEncoders(string encoder)
    {
        var (code, output) = ConfinedProcess.Run(
            encoder,
            ["-hide_banner", "-encoders"],
            Path.GetTempPath(),
            LongestLook
        );
        if (code != 0)
        {
            throw new TimeoutException(
                string.Create(CultureInfo.InvariantCulture, $"{encoder} ended with {code}.")
            );
        }
        // " V....D libx264              libx264 H.264 / AVC …"
        var names = Encoding
            .UTF8.GetString(output)
            .Split('\n')
            .Select(x => x.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(x => x.Length > 1)
            .Select(x => x[1])
            .ToHashSet(StringComparer.Ordinal);
        return Encoders.All(names.Contains);
    }
}
