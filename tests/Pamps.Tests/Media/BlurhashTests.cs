using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

public sealed class BlurhashTests
{
    [Fact]
    public async Task A_plain_picture_has_the_hash_of_its_colour()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        using var image = Pictures.Plain(64, 64, [255, 0, 0]);
        var made = await ana.UploadAsync(Pictures.Of("png", image));
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var hash = (string)made["blurhash"]!;
        // Four waves across and three down, how high they are, and then the colour: 255 * 65536 in four digits of base 83.
        Assert.Equal('L', hash[0]);
        var colour = hash.Substring(2, 4)
            .Aggregate(0, (x, c) => x * 83 + Digits.IndexOf(c, StringComparison.Ordinal));
        Assert.InRange(colour >> 16, 250, 255);
        Assert.InRange(colour & 0xFFFF, 0, 0x0505);
    }

    private const string Digits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
}
