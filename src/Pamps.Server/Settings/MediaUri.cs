using System.Globalization;
using System.Text.RegularExpressions;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Media.S3;

namespace Pamps.Server.Settings;

/// <summary>Where pictures are to be kept: in a folder, or in a bucket of an S3 server.</summary>
internal abstract partial record MediaUri
{
    private const string Name = "PAMPS_MEDIA__URI";
    private const string Shapes =
        "It looks like file:///var/lib/pamps/media or s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-west-1.";

    private MediaUri() { }

    /// <summary>A folder.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record Folder(string Path) : MediaUri
    {
        public override string Address => new Uri(Path).AbsoluteUri;

        public override IMediaStore Open(PampsOptions options, ILoggerFactory logs) =>
            new LocalMediaStore(Path);
    }

    /// <summary>A bucket.</summary>
    /// <param name="Place">Where it is.</param>
    /// <param name="Text">What was said of it, without the key.</param>
    public sealed record Bucket(S3Place Place, string Text) : MediaUri
    {
        public override string Address => Text;

        public override IMediaStore Open(PampsOptions options, ILoggerFactory logs) =>
            new S3MediaStore(Place, FolderIn(options), logs.CreateLogger<S3MediaStore>());
    }

    /// <summary>What the setting is to be for this place.</summary>
    public abstract string Address { get; }

    /// <summary>The files that are there. Nothing is looked at yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="logs">Told when a server is away.</param>
    public abstract IMediaStore Open(PampsOptions options, ILoggerFactory logs);

    /// <summary>What the settings say.</summary>
    /// <exception cref="UserErrorException">Something is wrong with it.</exception>
    public static MediaUri Read(PampsOptions options) =>
        options.Media.Uri.Length == 0
            ? new Folder(Path.GetFullPath(FolderIn(options)))
            : Parse(options.Media.Uri, Name, options.Media);

    /// <summary>Reads an address. Nothing of one that is no folder's is part of an error: somebody may have put the key there.</summary>
    /// <param name="text">The address.</param>
    /// <param name="setting">Where it stands, to be named when something is wrong with it.</param>
    /// <param name="media">Has the key.</param>
    /// <exception cref="UserErrorException">Something is.</exception>
    public static MediaUri Parse(string text, string setting, MediaOptions media)
    {
        if (text.StartsWith("s3:", StringComparison.OrdinalIgnoreCase))
        {
            return new Bucket(ParseBucket(text, setting, media), text);
        }
        return
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.IsFile
            && uri.Host.Length == 0
            && uri.LocalPath.Length > 1
            ? new Folder(uri.LocalPath)
            : throw new UserErrorException($"{setting} names neither a folder nor a bucket. {Shapes}");
    }

    private static S3Place ParseBucket(string text, string setting, MediaOptions media)
    {
        var parts = Parts().Match(text);
        if (!parts.Success)
        {
            throw new UserErrorException(
                $"{setting} names no bucket, or more than bucket, prefix and options; the key belongs into PAMPS_MEDIA__KEY and PAMPS_MEDIA__SECRET. {Shapes}"
            );
        }
        var (endpoint, region, patience) = ("", "us-east-1", 10);
        foreach (
            var option in parts.Groups["options"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var pair = option.Split('=', 2);
            var value = Uri.UnescapeDataString(pair.Length == 2 ? pair[1] : "");
            switch (pair[0])
            {
                case "endpoint" when SiteSettings.IsOrigin(value):
                    endpoint = value;
                    break;
                case "region" when Region().IsMatch(value):
                    region = value;
                    break;
                case "timeout"
                    when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out patience)
                        && patience is >= 1 and <= 30:
                    break;
                case "endpoint" or "region" or "timeout":
                    throw new UserErrorException(
                        $"{setting} has a wrong {pair[0]}: endpoint is like https://s3.example.org, region like eu-west-1, timeout 1 to 30 seconds."
                    );
                default:
                    throw new UserErrorException(
                        $"{setting} has an option that is not known; there are endpoint, region and timeout. {Shapes}"
                    );
            }
        }
        if (media.Key.Length == 0 || media.Secret.Length == 0)
        {
            throw new UserErrorException(
                $"{setting} names a bucket, which needs PAMPS_MEDIA__KEY and PAMPS_MEDIA__SECRET."
            );
        }
        return new S3Place(
            new Uri(endpoint.Length > 0 ? endpoint : $"https://s3.{region}.amazonaws.com"),
            region,
            parts.Groups["bucket"].Value,
            parts.Groups["prefix"].Value,
            media.Key,
            media.Secret,
            TimeSpan.FromSeconds(patience)
        );
    }

    private static string FolderIn(PampsOptions options) => Path.Combine(options.DataFolder, "media");

    [GeneratedRegex(
        @"^s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,7}))?/?(\?(?<options>[^#]*))?\z"
    )]
    private static partial Regex Parts();

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z")]
    private static partial Regex Region();
}
