using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Media;

/// <summary>
/// Encodes video and audio with the machine's ffmpeg: video as H.264 and AAC in MP4, audio as MP3, which every browser plays. What it
/// makes of the same file is the same each time.
/// </summary>
internal sealed partial class FfmpegRecordingMaker(
    PampsOptions options,
    IPictureMaker pictures,
    TimeProvider time,
    ILogger<FfmpegRecordingMaker> logger
) : IRecordingMaker
{
    /// <summary>The most pixels of video that is read: 4,096 × 2,160. Decoding takes some 220 MB then.</summary>
    private const int MostPixels = 8_847_360;

    /// <summary>The most pixels that are kept, 1,280 × 720, and the longest side.</summary>
    private const string KeptPixels = "921600";
    private const string KeptSide = "1920";

    private const int MostFrames = 30;
    private const int MostVideoRate = 2_500;
    private const int AudioRate = 128;

    /// <summary>Kilobits that a file is to have at most, so that an archive of an account takes it: 56 MiB.</summary>
    private const int MostKilobits = 56 * 1024 * 8;

    /// <summary>How much shorter than it said what was cut is.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    private static readonly string[] VideoCodecs = ["h264", "hevc", "vp8", "vp9", "av1"];

    /// <summary>Without anything that a file says of itself: titles, places, dates, chapters, subtitles, data of cameras.</summary>
    private static readonly string[] Bare =
    [
        "-sn",
        "-dn",
        "-map_metadata",
        "-1",
        "-map_metadata:s",
        "-1",
        "-map_chapters",
        "-1",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        "-flags:a",
        "+bitexact",
    ];

    /// <summary>When they are looked for again, where the look itself failed.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock looking = new();
    private volatile Look? last;

    public IReadOnlyList<string> VideoTypes =>
        Find() is null ? [] : ["video/mp4", "video/quicktime", "video/webm"];

    public IReadOnlyList<string> AudioTypes =>
        Find() is null
            ? []
            :
            [
                "audio/mpeg",
                "audio/mp4",
                "audio/x-m4a",
                "audio/aac",
                "audio/ogg",
                "audio/webm",
                "audio/flac",
                "audio/wav",
            ];

    public bool IsRecording(string path) => Demuxer.Of(path) is not null;

    public async Task<Result<MadePicture>> MakeAsync(string path, CancellationToken cancellationToken)
    {
        if (Find() is not { } ffmpeg)
        {
            return MediaErrors.NoRecordingsTaken;
        }
        if (Demuxer.Of(path) is not { } demuxer)
        {
            return MediaErrors.RecordingNotTaken;
        }
        var folder = $"{path}.work";
        OwnerOnly.MakeFolder(folder);
        try
        {
            return await new Work(ffmpeg, folder, pictures, options.Media, cancellationToken).RunAsync(
                demuxer,
                path
            );
        }
        catch (Win32Exception)
        {
            // It was taken away meanwhile.
            return MediaErrors.NoRecordingsTaken;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Looks once; and again as long as the look fails. Meanwhile others are told what was known before.</summary>
    private Ffmpeg? Find()
    {
        if (last is { } known && time.GetUtcNow() < known.GoodUntil)
        {
            return known.Found;
        }
        if (!looking.TryEnter())
        {
            if (last is { } before)
            {
                return before.Found;
            }
            looking.Enter();
        }
        try
        {
            if (last is not { } latest || time.GetUtcNow() >= latest.GoodUntil)
            {
                last = LookAnew();
            }
            return last!.Found;
        }
        finally
        {
            looking.Exit();
        }
    }

    private Look LookAnew()
    {
        try
        {
            var found = pictures.MediaTypes.Count > 0 ? Ffmpeg.Find(options.Media) : null;
            return new Look(found, DateTimeOffset.MaxValue);
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            LogUnknown(exception.Message);
            return new Look(null, time.GetUtcNow() + Pause);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No video and audio is taken for a minute, for ffmpeg does not say what it can: {Reason}"
    )]
    private partial void LogUnknown(string reason);

    private sealed record Look(Ffmpeg? Found, DateTimeOffset GoodUntil);

    private sealed class Work(
        Ffmpeg ffmpeg,
        string folder,
        IPictureMaker pictures,
        MediaOptions options,
        CancellationToken ct
    )
    {
        public async Task<Result<MadePicture>> RunAsync(Demuxer demuxer, string path)
        {
            var probed = await ProbeAsync(demuxer, path);
            if (probed.IsRefused(out var error))
            {
                return error;
            }
            var sent = probed.Value;
            var most = sent.IsVideo ? options.VideoSeconds : options.AudioSeconds;
            if (Check(sent, most) is { } refusal)
            {
                return refusal;
            }
            var made = Path.Combine(folder, "made");
            var encoding = await EncodeAsync([
                "-threads",
                "1",
                // Whatever the beginning said.
                "-max_pixels",
                Text(MostPixels),
                .. Ffmpeg.Open(demuxer, path),
                // One more than may be, by which what is longer is known, whatever it says.
                "-t",
                Text(most + 1),
                .. Bare,
                .. sent.IsVideo ? VideoArguments(most) : AudioArguments(),
                made,
            ]);
            if (encoding is { } failed)
            {
                return failed;
            }
            var own = Demuxer.OfOwn(sent.IsVideo);
            probed = await ProbeAsync(own, made);
            if (probed.IsRefused(out error))
            {
                return error;
            }
            if (probed.Value.Duration is not { } duration || duration <= TimeSpan.Zero)
            {
                return MediaErrors.RecordingBroken;
            }
            if (duration > TimeSpan.FromSeconds(most + 0.5))
            {
                return MediaErrors.RecordingTooLong(most);
            }
            if (demuxer.SaysDuration && sent.Duration is { } said && duration < said * 0.9 - Slack)
            {
                return MediaErrors.RecordingBroken;
            }
            var picture = await DrawAsync(own, made, sent.IsVideo, duration);
            return picture.IsRefused(out error)
                ? error
                : picture.Value with
                {
                    Kind = sent.IsVideo ? MediaKind.Video : MediaKind.Audio,
                    Full = new MadeFile(await File.ReadAllBytesAsync(made, ct), sent.IsVideo ? "mp4" : "mp3"),
                    Duration = duration,
                };
        }

        private static Error? Check(Probed sent, int most) =>
            sent is { Video: null, Audio: null } ? MediaErrors.RecordingBroken
            : sent.Video is { } codec && !VideoCodecs.Contains(codec) ? MediaErrors.RecordingNotTaken
            : sent.Pixels > MostPixels ? MediaErrors.TooManyPixels(MostPixels)
            : sent.Duration > TimeSpan.FromSeconds(most + 0.5) ? MediaErrors.RecordingTooLong(most)
            : null;

        private async Task<Result<Probed>> ProbeAsync(Demuxer demuxer, string path)
        {
            var ended = await ConfinedProcess.RunAsync(
                ffmpeg.Prober,
                [
                    "-v",
                    "error",
                    "-of",
                    "json",
                    "-show_entries",
                    "stream=codec_type,codec_name,width,height:stream_disposition=attached_pic:format=duration",
                    .. Ffmpeg.Open(demuxer, path),
                ],
                folder,
                ct
            );
            if (ended.WasHindered)
            {
                throw Hindered();
            }
            return ended.RanOut ? MediaErrors.RecordingTooDear
                : ended.Complaints.Contains("not on whitelist", StringComparison.Ordinal)
                    ? MediaErrors.RecordingNotTaken
                : ended.Code == 0 && Probed.Read(ended.Output) is { } probed ? probed
                : MediaErrors.RecordingBroken;
        }

        /// <summary>A picture of it, drawn anew as any is: a frame of the first second, or the shape of the sound.</summary>
        private async Task<Result<MadePicture>> DrawAsync(
            Demuxer own,
            string made,
            bool isVideo,
            TimeSpan duration
        )
        {
            var poster = Path.Combine(folder, "poster");
            var drawing = await EncodeAsync([
                .. isVideo ? ["-ss", Text(Math.Min(1, duration.TotalSeconds / 10))] : (string[])[],
                "-threads",
                "1",
                .. Ffmpeg.Open(own, made),
                .. isVideo
                    ? ["-map", "0:v:0"]
                    : (string[])
                        [
                            "-filter_complex",
                            "[0:a:0]aformat=channel_layouts=mono,showwavespic=s=640x160:colors=0x5f8f4e",
                        ],
                "-frames:v",
                "1",
                "-c:v",
                "png",
                "-f",
                "image2",
                "-update",
                "1",
                poster,
            ]);
            return drawing is { } failed ? failed
                : File.Exists(poster) ? await Task.Run(() => pictures.Make(poster, ct), ct)
                : MediaErrors.RecordingBroken;
        }

        /// <summary>Runs ffmpeg; the refusal when it cannot do it.</summary>
        private async Task<Error?> EncodeAsync(IEnumerable<string> arguments)
        {
            var ended = await ConfinedProcess.RunAsync(
                ffmpeg.Encoder,
                // It says at this level alone which signal ended it.
                ["-nostdin", "-hide_banner", "-v", "info", "-nostats", "-filter_threads", "1", .. arguments],
                folder,
                ct
            );
            return ended.WasHindered ? throw Hindered()
                : ended.Code == 0 ? null
                : ended.RanOut ? MediaErrors.RecordingTooDear
                : MediaErrors.RecordingBroken;
        }

        private static IOException Hindered() => new("There is no room to work, or the work was ended.");

        private static string[] VideoArguments(int most)
        {
            // As high and wide as it is to be seen, in even numbers.
            const string scale = $"min(1,min(sqrt({KeptPixels}/(iw*sar*ih)),{KeptSide}/max(iw*sar,ih)))";
            var rate = Math.Min(MostVideoRate, MostKilobits / (most + 1) - AudioRate - 32);
            return
            [
                "-map",
                "0:V:0",
                "-map",
                "0:a:0?",
                "-vf",
                $"scale=w='max(2,trunc(iw*sar*{scale}/2)*2)':h='max(2,trunc(ih*{scale}/2)*2)',setsar=1",
                "-fpsmax",
                Text(MostFrames),
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-profile:v",
                "high",
                "-crf",
                "24",
                "-maxrate",
                $"{Text(rate)}k",
                "-bufsize",
                $"{Text(2 * rate)}k",
                "-threads",
                "1",
                "-a53cc",
                "0",
                "-c:a",
                "aac",
                "-b:a",
                $"{Text(AudioRate)}k",
                "-ac",
                "2",
                "-ar",
                "48000",
                "-movflags",
                "+faststart",
                "-f",
                "mp4",
            ];
        }

        private static string[] AudioArguments() =>
            [
                "-map",
                "0:a:0",
                "-vn",
                "-c:a",
                "libmp3lame",
                "-b:a",
                $"{Text(AudioRate)}k",
                "-ac",
                "2",
                "-ar",
                "44100",
                "-threads",
                "1",
                "-id3v2_version",
                "0",
                "-f",
                "mp3",
            ];

        private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
