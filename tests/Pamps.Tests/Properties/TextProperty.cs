using System.Globalization;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pamps.Core.Text;
using Pamps.Tests.Host;

namespace Pamps.Tests.Properties;

/// <summary>What comes of any text that is posted.</summary>
public sealed class TextProperty
{
    /// <summary>Any UTF-16 at all, with more of what is difficult than chance would give.</summary>
    private static Gen<string> Texts =>
        Gen.Frequency(
                (6, Gen.Choose('a', 'z').Select(x => $"{(char)x}")),
                (3, Gen.Choose(0x300, 0x36F).Select(x => $"{(char)x}")),
                (
                    2,
                    Gen.Elements(" ", "\n", "\t", "\u00A0", "\u3000", "\u2028", "\u200B", "\u200D", "\uFEFF")
                ),
                (
                    2,
                    Gen.Elements(
                        "é",
                        "Å",
                        "\u1100",
                        "\u1161",
                        "\u11A8",
                        "\uAC00",
                        "\u0958",
                        "ﬁ",
                        "\u1E9B\u0323"
                    )
                ),
                (2, Gen.Choose(0x1F300, 0x1FAFF).Select(char.ConvertFromUtf32)),
                (1, Gen.Choose(0x1D100, 0x1D1FF).Select(char.ConvertFromUtf32)),
                (2, Gen.Choose(0x80, 0xD7FF).Select(x => $"{(char)x}")),
                (1, Gen.Choose(0xE000, 0xFFFF).Select(x => $"{(char)x}"))
            )
            .ArrayOf()
            .Select(string.Concat);

    /// <summary>The same, broken somewhere or not.</summary>
    private static Gen<string> AnyTexts =>
        from text in Texts
        from isLong in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from flaw in Gen.Frequency(
            (6, Gen.Constant("")),
            (1, Gen.Choose(0xD800, 0xDFFF).Select(x => $"{(char)x}")),
            (1, Gen.Choose(0, 0x1F).Select(x => $"{(char)x}")),
            (1, Gen.Choose(0x7F, 0x9F).Select(x => $"{(char)x}"))
        )
        from place in Gen.Choose(0, text.Length)
        select (isLong ? new string('a', 495) : "") + text.Insert(place, flaw);

    [Theory, OnEachDatabase]
    public async Task Any_text_is_refused_or_kept_trimmed_in_normal_form_C(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var texts = Arb.From(AnyTexts, x => ArbMap.Default.ArbFor<string>().Shrinker(x));
        var kept = 0;
        var refused = 0;

        await ForEvery.HoldsAsync(texts, 300, async text =>
        {
            using var body = Client.Raw($$"""{"text":"{{Escape(text)}}"}""");
            var created = await author.SendAsync(HttpMethod.Post, "/post/", body);
            var expected = Expect(text);
            if (expected is null)
            {
                refused++;
                created.Refused(HttpStatusCode.UnprocessableEntity);
                return;
            }
            kept++;
            Assert.Equal(HttpStatusCode.Created, created.Status);
            Assert.Equal(expected, (string)created["text"]!);
            Assert.Equal(expected, (string)(await author.GetAsync($"/post/{created["id"]}/"))["text"]!);
            var again = await author.PutAsync($"/post/{created["id"]}/", new { text = expected });
            Assert.Equal(expected, (string)again["text"]!);
        });

        Assert.True(kept > 30 && refused > 30, $"{kept} kept, {refused} refused");
    }

    /// <summary>What is to be kept, or null where the text is to be refused, said in other words than the server's.</summary>
    private static string? Expect(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
        try
        {
            // Throws at what is not well-formed.
            text = text.Normalize(NormalizationForm.FormC).Trim();
        }
        catch (ArgumentException)
        {
            return null;
        }
        var codePoints = Encoding.UTF32.GetByteCount(text) / 4;
        // Unicode's list of what is not drawn is long, and there are no other words for it.
        var isVisible = text.EnumerateRunes().Any(x => !Unseen.Is(x));
        var hasControls = text.Any(x => x is < ' ' and not ('\n' or '\t') or >= '\u007F' and <= '\u009F');
        return codePoints is >= 1 and <= 500 && isVisible && !hasControls ? text : null;
    }

    private static string Escape(string text) =>
        string.Concat(text.Select(x => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)x:x4}")));
}
