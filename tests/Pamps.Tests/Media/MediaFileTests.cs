using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>GET /media/files/: how files are served.</summary>
public sealed class MediaFileTests
{
    [Fact]
    public async Task A_file_is_kept_for_a_year_and_can_run_nothing()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var url = (string)(await ana.UploadAsync(Pictures.Of("jpeg")))["url"]!;
        Assert.Matches("^/media/files/[0-9a-f]{64}\\.jpg$", url);

        var answer = await anyone.GetAsync(url);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("image/jpeg", answer.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
            answer.Header("Content-Security-Policy")
        );
        Assert.Null(answer.Header("Vary"));
        var tag = answer.Header("ETag")!;
        var known = await anyone.GetAsync(url, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, known.Status);
        Assert.Empty(known.Body);
        var head = await anyone.SendAsync(HttpMethod.Head, url, null);
        Assert.Equal(answer.Header("Content-Length"), head.Header("Content-Length"));
    }

    [Theory]
    [InlineData("bytes=0-99", HttpStatusCode.PartialContent, 100)]
    [InlineData("bytes=-10", HttpStatusCode.PartialContent, 10)]
    [InlineData("bytes=999999-", HttpStatusCode.RequestedRangeNotSatisfiable, 0)]
    public async Task A_range_is_read(string range, HttpStatusCode status, int length)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var url = (string)(await ana.UploadAsync(Pictures.Of("jpeg")))["url"]!;
        var whole = await pamps.FileAsync(url);

        using var http = new HttpClient { BaseAddress = pamps.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        if (length > 0)
        {
            var part = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(range == "bytes=-10" ? whole[^10..] : whole[..length], part);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..%2f..%2fpamps.db")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.jpg")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.svg")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.")]
    [InlineData("%00")]
    public async Task What_is_no_stored_file_is_not_found(string name)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        Assert.Contains(
            await pamps.FileStatusAsync($"/media/files/{name}"),
            new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest }
        );
    }

    [Fact]
    public async Task Files_are_for_their_owner_alone_and_nothing_unfinished_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var media = await ana.UploadAsync(Pictures.Of("jpeg"));
        await ana.UploadAsync("no picture"u8.ToArray());

        var path = pamps.PathOf(Stored.NameOf(media));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        const UnixFileMode folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(folder, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        var root = Path.Combine(pamps.Options.DataFolder, "media");
        Assert.Equal(folder, File.GetUnixFileMode(root));
        Assert.Empty(Directory.GetFiles(Path.Combine(root, "unfinished")));
        Assert.Equal(2, Directory.GetFiles(root, "*", SearchOption.AllDirectories).Length);
    }
}
