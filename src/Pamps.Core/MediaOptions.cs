using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Pamps.Core.Text;

namespace Pamps.Core;

/// <summary>Pictures, video and audio that people upload.</summary>
public sealed class MediaOptions
{
    private const long Megabyte = 1_048_576;

    /// <summary>Whether pictures are taken.</summary>
    [
        ConfigurationKeyName("ENABLED"),
        Description("Take pictures. At `false` uploads answer 415, and those that are there stay.")
    ]
    public bool Enabled { get; set; } = true;

    /// <summary>Where their files are; empty for the data folder.</summary>
    [
        ConfigurationKeyName("URI"),
        Description(
            "Where pictures are, which several instances share: a folder, as `file:///absolute/path`, or a bucket of an S3 server, as `s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-west-1`, which needs `PAMPS_MEDIA__KEY` and `PAMPS_MEDIA__SECRET`. Empty: `media` in the data folder."
        )
    ]
    public string Uri { get; set; } = "";

    /// <summary>Where browsers read them: scheme, host and port of a host that serves nothing else; empty for the site's own.</summary>
    [
        ConfigurationKeyName("ADDRESS"),
        Description(
            "A host of their own for the files of pictures, such as `https://files.example.org`, which leads to the same server and there serves nothing else; it needs `PAMPS_SITE__ADDRESS`, of another host. Empty: the site's host."
        )
    ]
    public string Address { get; set; } = "";

    /// <summary>The address as those of files begin with it; null where none is set.</summary>
    public string? Origin => WebAddress.OriginOf(Address);

    /// <summary>The id of the access key for the bucket.</summary>
    [ConfigurationKeyName("KEY"), Description("Id of the access key for the bucket of S3.")]
    public string Key { get; set; } = "";

    /// <summary>The access key for the bucket itself.</summary>
    [ConfigurationKeyName("SECRET"), Description("The access key itself.")]
    public string Secret { get; set; } = "";

    /// <summary>The largest upload, in bytes.</summary>
    [
        ConfigurationKeyName("MAX_BYTES"),
        Description(
            "Largest picture that is taken, in bytes; a larger one answers 413. `PAMPS_HTTP__MAX_BODY_BYTES` is for all else."
        ),
        Range(65_536, 104_857_600)
    ]
    public int MaxBytes { get; set; } = 16_777_216;

    /// <summary>Where ffmpeg is; empty to look for it, <c>off</c> for none.</summary>
    [
        ConfigurationKeyName("FFMPEG"),
        Description(
            "Program that encodes video and audio, as an absolute path, with `ffprobe` in the same folder. Empty: `ffmpeg` where `PATH` has one; without, or without its encoders libx264, aac and libmp3lame, uploads of video and audio answer 415. `off`: none."
        )
    ]
    public string Ffmpeg { get; set; } = "";

    /// <summary>The largest upload of video or audio, in bytes.</summary>
    [
        ConfigurationKeyName("MAX_RECORDING_BYTES"),
        Description("Largest video or audio that is taken, in bytes; a larger one answers 413."),
        Range(65_536, 1_073_741_824)
    ]
    public int MaxRecordingBytes { get; set; } = 104_857_600;

    /// <summary>How long video may play, in seconds.</summary>
    [
        ConfigurationKeyName("VIDEO_SECONDS"),
        Description(
            "Seconds that video may play; longer ones answer 422. A processor of 2020 encodes a minute of it in half a minute, and has three."
        ),
        Range(1, 300)
    ]
    public int VideoSeconds { get; set; } = 120;

    /// <summary>How long audio may play, in seconds.</summary>
    [
        ConfigurationKeyName("AUDIO_SECONDS"),
        Description("Seconds that audio may play; longer ones answer 422."),
        Range(1, 3600)
    ]
    public int AudioSeconds { get; set; } = 600;

    /// <summary>The most room of a person, in megabytes; 0 for as much as there is.</summary>
    [
        ConfigurationKeyName("QUOTA_MEGABYTES"),
        Description(
            "Megabytes (of 1,048,576 bytes) that one person's pictures may have, as they are kept; then uploads answer 413. `0`: any."
        ),
        Range(0, 1_000_000_000)
    ]
    public int QuotaMegabytes { get; set; } = 1024;

    /// <summary>The most room of all, in megabytes; 0 for as much as there is.</summary>
    [
        ConfigurationKeyName("SITE_QUOTA_MEGABYTES"),
        Description("Megabytes that all pictures together may have; then uploads answer 413. `0`: any."),
        Range(0, 1_000_000_000)
    ]
    public int SiteQuotaMegabytes { get; set; }

    /// <summary>The most bytes of a person; null for any.</summary>
    public long? QuotaBytes => BytesOf(QuotaMegabytes);

    internal long Quota => QuotaBytes ?? long.MaxValue;

    /// <summary>The most bytes of all.</summary>
    internal long SiteQuota => BytesOf(SiteQuotaMegabytes) ?? long.MaxValue;

    private static long? BytesOf(int megabytes) => megabytes == 0 ? null : megabytes * Megabyte;
}
