using System.Net.Http.Headers;
using NetVips;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>Pictures that tests send, drawn for them, and how they are sent.</summary>
internal static class Pictures
{
    public static readonly double[] Red = [220, 20, 20];
    public static readonly double[] Green = [20, 200, 20];
    public static readonly double[] Blue = [20, 20, 220];
    public static readonly double[] White = [250, 250, 250];

    /// <summary>Four colours: red and green above, blue and white below.</summary>
    public static Image Quarters(int width = 120, int height = 80)
    {
        var (w, h) = (width / 2, height / 2);
        using var above = Plain(w, h, Red).Join(Plain(w, h, Green), Enums.Direction.Horizontal);
        using var below = Plain(w, h, Blue).Join(Plain(w, h, White), Enums.Direction.Horizontal);
        return above.Join(below, Enums.Direction.Vertical).CopyMemory();
    }

    public static Image Plain(int width, int height, double[] colour)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var coloured = black + colour;
        return coloured.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>What a file of each format is called, and what is in it.</summary>
    public static byte[] Of(string format, Image? image = null)
    {
        image ??= Quarters();
        return format switch
        {
            "jpeg" => image.JpegsaveBuffer(q: 95),
            "png" => image.PngsaveBuffer(),
            "webp" => image.WebpsaveBuffer(lossless: true),
            "gif" => image.GifsaveBuffer(),
            "avif" => image.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, q: 90, effort: 0),
            _ => throw new ArgumentException(format, nameof(format)),
        };
    }

    /// <summary>A GIF or WebP of so many frames, each of another colour.</summary>
    public static byte[] Moving(int frames, int width = 32, int height = 24, string format = "gif")
    {
        using var all = Image.Arrayjoin(
            [
                .. Enumerable
                    .Range(0, frames)
                    .Select(x => Plain(width, height, [x * 40 % 256, 100, 255 - x % 256])),
            ],
            across: 1
        );
        using var moving = all.Mutate(x =>
        {
            x.Set(GValue.GIntType, "page-height", height);
            x.Set(GValue.ArrayIntType, "delay", Enumerable.Repeat(80, frames).ToArray());
            x.Set(GValue.GIntType, "loop", 0);
        });
        return format == "gif"
            ? moving.GifsaveBuffer(pageHeight: height)
            : moving.WebpsaveBuffer(pageHeight: height);
    }

    /// <summary>A JPEG of a telephone: lying as it was held, and telling of the camera and the place.</summary>
    public static byte[] Photo(int orientation, Image? image = null)
    {
        using var told = (image ?? Quarters()).Mutate(x =>
        {
            x.Set(GValue.GIntType, "orientation", orientation);
            x.Set(GValue.RefStrType, "exif-ifd0-Make", "SecretCamera");
            x.Set(GValue.RefStrType, "exif-ifd3-GPSLatitude", "30/1 5/1 7/1");
            x.Set(GValue.BlobType, "xmp-data", "<x:xmpmeta>SecretPlace</x:xmpmeta>"u8.ToArray());
        });
        return told.JpegsaveBuffer(q: 95);
    }

    public static Task<Answer> UploadAsync(
        this Client client,
        byte[] file,
        string name = "picture.jpg",
        string type = "image/jpeg",
        string? description = null,
        string? focus = null
    )
    {
        var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(content, "file", name);
        if (description is not null)
        {
            form.Add(new StringContent(description), "description");
        }
        if (focus is not null)
        {
            form.Add(new StringContent(focus), "focus");
        }
        return client.SendAsync(HttpMethod.Post, "/media/", form);
    }

    /// <summary>Uploads a picture and answers with its id.</summary>
    public static async Task<long> PictureAsync(this Client client, byte[]? file = null)
    {
        var made = await client.UploadAsync(file ?? Of("png"));
        Assert.True(made.Status == System.Net.HttpStatusCode.Created, made.Body);
        return (long)made["id"]!;
    }

    /// <summary>The bytes that are at an address.</summary>
    public static async Task<byte[]> FileAsync(this PampsServer pamps, string address)
    {
        using var http = new HttpClient { BaseAddress = pamps.Address };
        return await http.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
    }

    public static async Task<System.Net.HttpStatusCode> FileStatusAsync(
        this PampsServer pamps,
        string address
    )
    {
        using var http = new HttpClient { BaseAddress = pamps.Address };
        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Checks that the colours are these, from the left above to the right below.</summary>
    public static void HasQuarters(byte[] file, params double[][] colours)
    {
        using var image = Image.NewFromBuffer(file);
        var (x, y) = (image.Width / 4, image.Height / 4);
        double[][] found = [At(x, y), At(3 * x, y), At(x, 3 * y), At(3 * x, 3 * y)];
        for (var i = 0; i < 4; i++)
        {
            for (var band = 0; band < 3; band++)
            {
                Assert.InRange(found[i][band], colours[i][band] - 25, colours[i][band] + 25);
            }
        }

        double[] At(int left, int top) => image.Getpoint(left, top);
    }

    /// <summary>Whether the bytes hold that text.</summary>
    public static bool Holds(this byte[] file, string text) =>
        file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;
}
