using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Pamps.Tests.Media;

/// <summary>Video and audio that tests send, made for them by the machine's ffmpeg: small, and each once for all tests.</summary>
internal static class Recordings
{
    private const string Picture = "-f lavfi -i testsrc2=s=64x48:r=10:d=SECONDS";
    private const string Sound = "-f lavfi -i sine=440:d=SECONDS";
    private const string Cover = "-f lavfi -i color=c=red:s=64x64:d=0.04";

    /// <summary>How each is made, by its name. None is a second of a processor's work.</summary>
    private static readonly Dictionary<string, string> Recipes = new()
    {
        // HEVC, as telephones write it. H.264 is read wherever the preview is drawn, of what was made.
        ["phone.mov"] =
            $"{Picture} {Sound} -c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1 -c:a aac -metadata location=+48.8584+002.2945/ "
            + "-metadata title=SecretTitle -metadata:s:v handler_name=SecretCamera -movflags +use_metadata_tags -f mov",
        ["vp9.webm"] =
            $"{Picture} {Sound} -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus -f webm",
        // Without a word on how long it plays.
        ["live.webm"] = $"{Picture} -c:v libvpx -deadline realtime -cpu-used 8 -f webm -live 1",
        ["old.mp4"] = $"{Picture} -c:v mpeg4 -f mp4",
        ["large.mp4"] =
            "-f lavfi -i color=c=blue:s=4352x2304:r=1:d=1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -f mp4",
        ["song.mp3"] =
            $"{Sound} {Cover} -map 0 -map 1 -c:a libmp3lame -c:v mjpeg -disposition:v attached_pic -metadata title=SecretTitle -f mp3",
        ["song.m4a"] = $"{Sound} -c:a aac -metadata title=SecretTitle -f ipod",
        ["song.aac"] = $"{Sound} -c:a aac -f adts",
        ["song.ogg"] = $"{Sound} -c:a libvorbis -metadata title=SecretTitle -f ogg",
        ["song.flac"] = $"{Sound} -c:a flac -metadata title=SecretTitle -f flac",
        ["song.wav"] = $"{Sound} -f wav",
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> Made = new();

    /// <summary>One of them.</summary>
    public static Task<byte[]> OfAsync(string name, double seconds = 1) =>
        Made.GetOrAdd(string.Create(CultureInfo.InvariantCulture, $"{seconds} {name}"), _ => new Lazy<
            Task<byte[]>
        >(() => MakeAsync(name, seconds))).Value;

    /// <summary>What ffprobe says of a file, a line for each value.</summary>
    public static async Task<string> ProbeAsync(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file, CancellationToken.None);
            return await RunAsync("ffprobe", $"-v error -show_streams -show_format -of flat {path}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<byte[]> MakeAsync(string name, double seconds)
    {
        var path = Path.GetTempFileName();
        try
        {
            var recipe = Recipes[name]
                .Replace("SECONDS", seconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            await RunAsync("ffmpeg", $"-v error -nostdin -y {recipe} {path}");
            return await File.ReadAllBytesAsync(path, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<string> RunAsync(string program, string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments.Split(' '))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {await errors}");
        return output;
    }
}
