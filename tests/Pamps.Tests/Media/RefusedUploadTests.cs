using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NetVips;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>What POST /media/ refuses, for what it is.</summary>
public sealed class RefusedUploadTests
{
    public static TheoryData<string> NoPictures =>
        [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>alert(1)</script></svg>",
            "<!doctype html><script>alert(1)</script>",
            "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n",
            "P3\n2 2\n255\n0 0 0 0 0 0 0 0 0 0 0 0\n",
            "1,2,3\n4,5,6\n",
            "II*\0\b\0\0\0\0\0\0\0",
            "\b\u00f2\u00a6\u00b6",
            "x",
        ];

    [Theory, MemberData(nameof(NoPictures))]
    public async Task What_is_none_of_the_five_is_refused_in_plain_words(string text)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var refused = await ana.UploadAsync(Encoding.Latin1.GetBytes(text), "picture.png", "image/png");
        var words = refused.Refused(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("media_type_not_taken", (string)refused["code"]!);
        Assert.Contains("JPEG, PNG, WebP, GIF and AVIF", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TIFF_that_the_library_could_read_is_refused_too()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var image = Pictures.Quarters();
        (await ana.UploadAsync(image.TiffsaveBuffer())).Refused(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task Of_a_file_that_is_two_things_nothing_but_the_picture_is_kept(string format)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        // A web page, and what a ZIP ends in, behind the picture.
        byte[] both = [.. Pictures.Of(format), .. "<script>alert('polyglot')</script>PK\u0005\u0006"u8];

        var made = await ana.UploadAsync(both, "page.html", "text/html");

        Assert.True(made.Status == HttpStatusCode.Created, made.Body);
        var file = await pamps.FileAsync((string)made["url"]!);
        Assert.False(file.Holds("polyglot") || file.Holds("PK"));
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("avif")]
    public async Task A_picture_that_is_cut_in_the_middle_is_refused(string format)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var noise = Image.Gaussnoise(400, 300, mean: 128, sigma: 60).Cast(Enums.BandFormat.Uchar);
        var whole = Pictures.Of(
            format,
            noise.Bandjoin(noise, noise).Copy(interpretation: Enums.Interpretation.Srgb)
        );

        var cut = await ana.UploadAsync(whole[..(whole.Length / 2)]);

        cut.Blames("file");
        Assert.Equal("picture_broken", (string)cut["codes"]!["file"]![0]!);
    }

    [Fact]
    public async Task Pictures_that_are_small_to_send_and_large_to_draw_are_refused_at_their_header()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        await RefusedAsync(Of(30_000, 30_000).PngsaveBuffer(bitdepth: 1, compression: 9), "too_many_pixels");
        await RefusedAsync(Of(7_000, 5_000).JpegsaveBuffer(), "too_many_pixels");
        await RefusedAsync(
            Of(5_000, 4_000).HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0),
            "too_many_pixels"
        );
        await RefusedAsync(Frames(10_000), "too_many_frames");
        await RefusedAsync(Pictures.Moving(400, 600, 500), "too_many_pixels");

        static Image Of(int width, int height) => Image.Black(width, height).Cast(Enums.BandFormat.Uchar);

        async Task RefusedAsync(byte[] file, string code)
        {
            Assert.InRange(file.Length, 1, 16_777_216);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var refused = await ana.UploadAsync(file);
            refused.Blames("file");
            Assert.Equal(code, (string)refused["codes"]!["file"]![0]!);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{code} took {watch.Elapsed}");
        }
    }

    /// <summary>A GIF of one pixel and many frames, by hand: a few bytes a frame.</summary>
    private static byte[] Frames(int count)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return
        [
            .. "GIF89a"u8,
            1,
            0,
            1,
            0,
            0x80,
            0,
            0,
            0,
            0,
            0,
            255,
            255,
            255,
            .. Enumerable.Repeat(frame, count).SelectMany(x => x),
            0x3B,
        ];
    }

    [Fact]
    public async Task A_file_has_at_most_so_many_bytes_and_no_other_route_takes_as_many()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x => x.Media.MaxBytes = 65_536);
        using var ana = await pamps.RegisterAsync();
        var large = new byte[65_537];
        Pictures.Of("png").CopyTo(large, 0);

        var refused = await ana.UploadAsync(large);
        refused.Refused(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("file_too_large", (string)refused["code"]!);
        Assert.Equal(HttpStatusCode.Created, (await ana.UploadAsync(large[..65_536])).Status);
        (await ana.UploadAsync(new byte[300_000])).Refused(HttpStatusCode.RequestEntityTooLarge);
        // In pieces, so that nobody is told how many bytes there are.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(pamps.Address, "/media/"))
        {
            Content = new MultipartFormDataContent
            {
                { new ByteArrayContent(new byte[300_000]), "file", "x" },
            },
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", ana.AccessToken) },
        };
        request.Headers.TransferEncodingChunked = true;
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);

        (await ana.PostAsync("/post/", new { text = new string('x', 140_000) })).Refused(
            HttpStatusCode.RequestEntityTooLarge
        );
    }

    [Fact]
    public async Task What_is_no_form_or_has_no_file_is_refused()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        (await anyone.UploadAsync(Pictures.Of("png"))).Refused(HttpStatusCode.Unauthorized);
        (await ana.PostAsync("/media/", new { file = "x" })).Refused(HttpStatusCode.UnsupportedMediaType);
        (await ana.PostAsync("/media/")).Refused(HttpStatusCode.UnsupportedMediaType);
        (
            await ana.SendAsync(
                HttpMethod.Post,
                "/media/",
                new MultipartFormDataContent { { new StringContent("x"), "description" } }
            )
        ).Blames("file");
        var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        (await ana.SendAsync(HttpMethod.Post, "/media/", broken)).Blames("body");
        (await ana.UploadAsync(Pictures.Of("png"), description: new string('x', 1501))).Blames("description");
        (await ana.UploadAsync(Pictures.Of("png"), focus: "2,0")).Blames("focus");
        (await ana.UploadAsync(Pictures.Of("png"), focus: "left")).Blames("focus");
    }
}
