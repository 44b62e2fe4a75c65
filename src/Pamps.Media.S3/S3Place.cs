namespace Pamps.Media.S3;

/// <summary>Where in an S3 server files are.</summary>
/// <param name="Endpoint">The server: scheme, host and port.</param>
/// <param name="Region">Its region, which signatures name.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the keys of all files begin with, without a slash at its end; empty for nothing.</param>
/// <param name="Key">Who asks: the id of an access key.</param>
/// <param name="Secret">The key itself.</param>
/// <param name="Patience">How long one try of one request may take.</param>
public sealed record S3Place(
    Uri Endpoint,
    string Region,
    string Bucket,
    string Prefix,
    string Key,
    string Secret,
    TimeSpan Patience
)
{
    /// <summary>Leaves the key out of logs and messages.</summary>
    /// <returns>The bucket, and the server.</returns>
    public override string ToString() => $"s3://{Bucket}/{Prefix} of {Server}";

    /// <summary>The server, as people say it.</summary>
    internal string Server => Endpoint.Authority;

    /// <summary>The key of a file, or of the files of a folder.</summary>
    internal string KeyOf(string path) => Prefix.Length == 0 ? path : $"{Prefix}/{path}";
}
