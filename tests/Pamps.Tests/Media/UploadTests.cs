using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>POST /media/: what is taken, what is made of it, and what is refused.</summary>
public sealed class UploadTests
{
    [Theory]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("png", "image/png")]
    [InlineData("webp", "image/webp")]
    [InlineData("gif", "image/png")]
    [InlineData("avif", "image/webp")]
    public async Task Each_format_is_taken_whatever_it_is_called_and_drawn_anew(string format, string kept)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var sent = Pictures.Of(format);

        var made = await ana.UploadAsync(
            sent,
            "virus.exe",
            "text/html",
            description: " Four colours\r\n ",
            focus: "0.25,-0.5"
        );

        Assert.True(made.Status == HttpStatusCode.Created, made.Body);
        Assert.Equal($"/media/{made["id"]}/", made.Header("Location"));
        Assert.Equal("image", (string)made["kind"]!);
        Assert.Equal(120, (int)made["width"]!);
        Assert.Equal(80, (int)made["height"]!);
        Assert.Equal("Four colours", (string)made["description"]!);
        Assert.Equal("""{"x":0.25,"y":-0.5}""", made["focus"]!.ToJsonString());
        Assert.Equal(28, ((string)made["blurhash"]!).Length);
        Assert.Equal(
            made.Json.ToJsonString(),
            (await ana.GetAsync($"/media/{made["id"]}/")).Json.ToJsonString()
        );
        foreach (var field in new[] { "url", "preview_url" })
        {
            var answer = await ana.GetAsync((string)made[field]!);
            Assert.Equal(field == "url" ? kept : "image/webp", answer.MediaType);
            var file = await pamps.FileAsync((string)made[field]!);
            Assert.NotEqual(sent, file);
            Pictures.HasQuarters(file, Pictures.Red, Pictures.Green, Pictures.Blue, Pictures.White);
        }
    }

    /// <summary>What is seen, from the left above to the right below, of a file that lies in each of the eight ways.</summary>
    [Theory]
    [InlineData(1, "RGBW")]
    [InlineData(2, "GRWB")]
    [InlineData(3, "WBGR")]
    [InlineData(4, "BWRG")]
    [InlineData(5, "RBGW")]
    [InlineData(6, "BRWG")]
    [InlineData(7, "WGBR")]
    [InlineData(8, "GWRB")]
    public async Task A_photo_is_turned_and_tells_nothing_of_its_place_and_camera(
        int orientation,
        string seen
    )
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var photo = Pictures.Photo(orientation);
        Assert.True(photo.Holds("SecretCamera") && photo.Holds("SecretPlace"));

        var made = await ana.UploadAsync(photo);

        Assert.True(made.Status == HttpStatusCode.Created, made.Body);
        var isTurned = orientation >= 5;
        Assert.Equal(isTurned ? 80 : 120, (int)made["width"]!);
        Assert.Equal(isTurned ? 120 : 80, (int)made["height"]!);
        foreach (var field in new[] { "url", "preview_url" })
        {
            var file = await pamps.FileAsync((string)made[field]!);
            Assert.False(file.Holds("Secret") || file.Holds("Exif") || file.Holds("GPS"));
            Pictures.HasQuarters(file, [.. seen.Select(Colour)]);
            using var image = Image.NewFromBuffer(file);
            Assert.DoesNotContain(image.GetFields(), x =>
                x.StartsWith("exif", StringComparison.Ordinal) || x is "xmp-data" or "orientation"
            );
        }

        static double[] Colour(char x) =>
            x switch
            {
                'R' => Pictures.Red,
                'G' => Pictures.Green,
                'B' => Pictures.Blue,
                _ => Pictures.White,
            };
    }

    [Fact]
    public async Task A_large_picture_is_kept_smaller_with_its_shape()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var image = Pictures.Quarters(6000, 4000);

        var made = await ana.UploadAsync(Pictures.Photo(6, image));

        var (width, height) = ((int)made["width"]!, (int)made["height"]!);
        Assert.InRange((long)width * height, 8_200_000, 8_294_400);
        Assert.InRange((double)height / width, 1.499, 1.501);
        using var preview = Image.NewFromBuffer(await pamps.FileAsync((string)made["preview_url"]!));
        Assert.InRange(preview.Width * preview.Height, 225_000, 230_400);
        using var full = Image.NewFromBuffer(await pamps.FileAsync((string)made["url"]!));
        Assert.Equal((width, height), (full.Width, full.Height));
    }

    [Fact]
    public async Task Colours_of_another_space_become_those_of_sRGB()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        // The same red, said in another space, has other numbers.
        using var wide = Pictures.Plain(64, 64, Pictures.Red).IccTransform("p3", inputProfile: "srgb");
        Assert.NotInRange(wide.Getpoint(9, 9)[0], 215, 225);

        var made = await ana.UploadAsync(wide.JpegsaveBuffer(q: 98));

        using var kept = Image.NewFromBuffer(await pamps.FileAsync((string)made["url"]!));
        Assert.InRange(kept.Getpoint(9, 9)[0], 214, 226);
        Assert.InRange(kept.Getpoint(9, 9)[1], 12, 28);
        Assert.DoesNotContain("icc-profile-data", kept.GetFields());
    }

    [Fact]
    public async Task What_is_seen_through_stays_so_and_16_bits_become_8()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var colours = Pictures.Plain(64, 64, Pictures.Red);
        using var glass = colours.Bandjoin(Image.Black(64, 64) + 100);
        using var deep = (glass.Cast(Enums.BandFormat.Ushort) * 257)
            .Cast(Enums.BandFormat.Ushort)
            .Copy(interpretation: Enums.Interpretation.Rgb16);

        var made = await ana.UploadAsync(deep.PngsaveBuffer(bitdepth: 16));

        using var kept = Image.NewFromBuffer(await pamps.FileAsync((string)made["url"]!));
        Assert.Equal(Enums.BandFormat.Uchar, kept.Format);
        Assert.Equal([220, 20, 20, 100], kept.Getpoint(9, 9).Select(x => (int)Math.Round(x)));
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task What_moves_goes_on_moving_and_its_preview_stands_still(string format)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();

        var made = await ana.UploadAsync(Pictures.Moving(12, format: format));

        Assert.True(made.Status == HttpStatusCode.Created, made.Body);
        Assert.Equal("animation", (string)made["kind"]!);
        Assert.Equal((32, 24), ((int)made["width"]!, (int)made["height"]!));
        using var full = Image.NewFromBuffer(await pamps.FileAsync((string)made["url"]!));
        Assert.Equal(12, full.Get("n-pages"));
        Assert.Equal(80, ((int[])full.Get("delay"))[0]);
        using var preview = Image.NewFromBuffer(await pamps.FileAsync((string)made["preview_url"]!));
        Assert.False(preview.Contains("n-pages") && (int)preview.Get("n-pages") > 1);
    }

    [Theory, OnEachDatabase]
    public async Task A_person_has_so_much_room_and_the_site_so_much(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Media.QuotaMegabytes = 1;
            x.Media.SiteQuotaMegabytes = 2;
        });
        using var ana = await pamps.RegisterAsync();
        Assert.Equal(1_048_576, (long)(await ana.GetAsync("/config/"))["media"]!["quota_bytes"]!);
        // Noise, of which nothing can be spared: some 700 kB.
        var first = await ana.UploadAsync(Noise(1));
        Assert.True(first.Status == HttpStatusCode.Created, first.Body);
        var used = (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!;
        Assert.InRange(used, 600_000, 900_000);

        await RefusedAsync(ana, 2, "media_quota_full");
        Assert.Equal(used, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await ana.DeleteAsync($"/media/{first["id"]}/")).Status);
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        // Of the site's room it is given back with its files, a moment later.
        await pamps.GoneAsync(first);
        Assert.Equal(HttpStatusCode.Created, (await ana.UploadAsync(Noise(3))).Status);

        using var beto = await pamps.RegisterAsync();
        Assert.Equal(HttpStatusCode.Created, (await beto.UploadAsync(Noise(4))).Status);
        using var caio = await pamps.RegisterAsync();
        await RefusedAsync(caio, 5, "media_site_full");

        static byte[] Noise(int seed) =>
            Image
                .Gaussnoise(550, 420, mean: 128, sigma: 70, seed: seed)
                .Bandjoin(
                    Image.Gaussnoise(550, 420, mean: 128, sigma: 70, seed: seed + 100),
                    Image.Gaussnoise(550, 420, mean: 128, sigma: 70, seed: seed + 200)
                )
                .Cast(Enums.BandFormat.Uchar)
                .Copy(interpretation: Enums.Interpretation.Srgb)
                .PngsaveBuffer();

        static async Task RefusedAsync(Client who, int seed, string code)
        {
            var refused = await who.UploadAsync(Noise(seed));
            refused.Refused(HttpStatusCode.RequestEntityTooLarge);
            Assert.Equal(code, (string)refused["code"]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Somebody_who_sends_too_many_waits(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Limits.Enabled = true;
            x.Limits.UploadsPerHour = 2;
        });
        using var ana = await pamps.RegisterAsync();
        await ana.PictureAsync();
        await ana.PictureAsync();
        var refused = await ana.UploadAsync(Pictures.Of("png"));
        refused.Refused(HttpStatusCode.TooManyRequests);
        Assert.Equal("too_many_uploads", (string)refused["code"]!);
        Assert.StartsWith("\"uploads\";r=0", refused.Header("RateLimit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_pictures_cannot_be_read_none_are_taken_and_the_server_says_so()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, services: x =>
            x.AddSingleton<Core.Media.IPictureMaker, NoMaker>()
        );
        using var ana = await pamps.RegisterAsync();
        Assert.Empty((await ana.GetAsync("/config/"))["media"]!["types"]!.AsArray());
        var refused = await ana.UploadAsync(Pictures.Of("png"));
        refused.Refused(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("no_pictures_taken", (string)refused["code"]!);
    }

    [Fact]
    public async Task Turned_off_by_a_setting_none_are_taken_either()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x => x.Media.Enabled = false);
        using var ana = await pamps.RegisterAsync();
        Assert.Empty((await ana.GetAsync("/config/"))["media"]!["types"]!.AsArray());
        var refused = await ana.UploadAsync(Pictures.Of("png"));
        refused.Refused(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("no_pictures_taken", (string)refused["code"]!);
    }

    [Fact]
    public async Task Where_memory_is_short_large_pictures_are_refused_at_their_header()
    {
        // 128 MiB in hexadecimal, of which a sixtieth is two megapixels.
        var workplace = (await Workplace.OnAsync(Database.Sqlite))
            .With("PORT", "0")
            .With("DOTNET_GCHeapHardLimit", "8000000");
        await using var pamps = await workplace.StartAsync("serve");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        var account = new Dictionary<string, string>
        {
            ["username"] = "ana",
            ["email"] = "ana@example.org",
            ["password"] = Client.DefaultPassword,
        };
        var ct = TestContext.Current.CancellationToken;
        using var made = await http.PostAsJsonAsync("/user/", account, ct);
        using var form = new FormUrlEncodedContent(account);
        using var signedIn = await http.PostAsync("/token", form, ct);
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonObject>(ct))!["access_token"];
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)token!);

        Assert.Equal(HttpStatusCode.Created, await UploadAsync(1400));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UploadAsync(1600));

        async Task<HttpStatusCode> UploadAsync(int side)
        {
            using var black = Image.Black(side, side, bands: 3);
            using var body = new MultipartFormDataContent
            {
                { new ByteArrayContent(black.PngsaveBuffer()), "file", "black.png" },
            };
            using var answer = await http.PostAsync("/media/", body, ct);
            return answer.StatusCode;
        }
    }

    private sealed class NoMaker : Core.Media.IPictureMaker
    {
        public IReadOnlyList<string> MediaTypes => [];

        public Core.Results.Result<Core.Media.MadePicture> Make(
            string path,
            CancellationToken cancellationToken
        ) => throw new InvalidOperationException("Nobody asked whether it can.");
    }
}
