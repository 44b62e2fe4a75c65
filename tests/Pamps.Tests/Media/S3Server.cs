using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Pamps.Core;
using Pamps.Media.S3;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>An S3 server for all tests, started by the first that wants it, which goes with the test run.</summary>
internal static class S3Server
{
    public const string Key = "S3RVER";
    public const string Secret = "S3RVER";
    private const string Bucket = "pamps-tests";

    private static readonly Lazy<Task<Uri>> Started = new(StartAsync);

    /// <summary>The address of a place in it that nobody else has.</summary>
    public static async Task<string> NewUriAsync() => UriOf(await Started.Value, $"{Guid.NewGuid():N}/media");

    /// <summary>The address of a place in the bucket of a server.</summary>
    public static string UriOf(Uri endpoint, string prefix, int patience = 10) =>
        $"s3://{Bucket}/{prefix}?endpoint={endpoint.GetLeftPart(UriPartial.Authority)}&timeout={patience}";

    /// <summary>Another place in it, as a store.</summary>
    public static async Task<S3MediaStore> NewStoreAsync() => Store(await Started.Value);

    public static S3MediaStore Store(Uri endpoint, string key = Key, string bucket = Bucket) =>
        new(
            new S3Place(
                endpoint,
                "us-east-1",
                bucket,
                $"{Guid.NewGuid():N}",
                key,
                Secret,
                TimeSpan.FromSeconds(10)
            ),
            TestDatabase.NewFolder(),
            NullLogger<S3MediaStore>.Instance
        )
        {
            PageSize = 10,
        };

    /// <summary>Has a server keep its files there.</summary>
    public static void UseBucket(this PampsOptions options, string uri) =>
        (options.Media.Uri, options.Media.Key, options.Media.Secret) = (uri, Key, Secret);

    /// <summary>Has what is run at a workplace keep its files there.</summary>
    public static Workplace WithBucket(this Workplace workplace, string uri) =>
        workplace
            .With("PAMPS_MEDIA__URI", uri)
            .With("PAMPS_MEDIA__KEY", Key)
            .With("PAMPS_MEDIA__SECRET", Secret);

    private static async Task<Uri> StartAsync()
    {
        if (!Directory.Exists(Repository.PathOf("tests/s3/node_modules/s3rver")))
        {
            throw new InvalidOperationException(
                "Tests need s3rver: `npm ci` in tests/s3 brings it, and ./test.sh does that."
            );
        }
        var start = new ProcessStartInfo(
            "node",
            [Repository.PathOf("tests/s3/server.js"), TestDatabase.NewFolder(), Bucket]
        )
        {
            // It ends when this does.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        var port = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("s3rver did not start.");
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }
}
