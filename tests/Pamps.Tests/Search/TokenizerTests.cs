using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pamps.Core.Text;
using Pamps.Tests.Host;
using Pamps.Tests.Properties;

namespace Pamps.Tests.Search;

/// <summary>How texts become words.</summary>
public sealed class TokenizerTests
{
    private static Gen<string> Texts =>
        Gen.Frequency(
                (6, Gen.Choose('a', 'z').Select(x => $"{(char)x}")),
                (
                    2,
                    Gen.Elements(" ", "_", "-", "\"", "'", "*", "#", "\\", "\u200D", "\u00AD", "\0", "from:")
                ),
                (3, Gen.Choose(0x80, 0xD7FF).Select(x => $"{(char)x}")),
                (2, Gen.Choose(0x300, 0x36F).Select(x => $"{(char)x}")),
                (2, Gen.Choose(0x900, 0x97F).Select(x => $"{(char)x}")),
                (2, Gen.Choose(0xE00, 0xE7F).Select(x => $"{(char)x}")),
                (2, Gen.Choose(0x1100, 0x11FF).Select(x => $"{(char)x}")),
                (1, Gen.Choose(0x10000, 0x1FFFF).Select(char.ConvertFromUtf32)),
                (1, Gen.Choose(0xD800, 0xFFFF).Select(x => $"{(char)x}"))
            )
            .ArrayOf()
            .Select(string.Concat);

    [Theory]
    [InlineData("Bom dia, Pamps!", "bom dia pamps")]
    [InlineData("O coração d'água é bom", "o coracao d agua e bom")]
    [InlineData("__init__ a_b ＿", "init a‿b")]
    [InlineData("https://Example.org/Ação?x=1#y", "https example org acao x 1 y")]
    [InlineData("½ x² ①", "1 2 x2 1")]
    [InlineData("東京2026年", "東 京 2026 年")]
    [InlineData("ｶﾞｷﾞ", "ガ ギ")]
    [InlineData("한국어", "한 국 어")]
    [InlineData("น้ำดี", "น้\u0E4D า ดี")]
    [InlineData("हिन्दी भाषा", "हिन्दी भाषा")]
    [InlineData("می‌خواهم", "ميخواهم")]
    [InlineData("نعـــم", "نعم")]
    [InlineData("ca\u00ADts\u3164dogs\u2800a\u034Fb\U000E0001c\u115F", "cats dogs abc")]
    [InlineData("👍🏽 ❤️ #1️⃣", "1")]
    [InlineData("", "")]
    public void A_text_has_these_words(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Tokenizer.WordsOf(text)));

    [Fact]
    public void A_long_word_is_cut()
    {
        var word = Assert.Single(Tokenizer.WordsOf(new string('é', 500)));
        Assert.Equal(new string('e', Tokenizer.MaxLength), word);
    }

    [Fact]
    public void Every_character_folds_to_what_folds_to_itself()
    {
        var wrong = Enumerable
            .Range(0, 0x110000)
            .Where(Rune.IsValid)
            .Select(char.ConvertFromUtf32)
            .Where(x => !IsStable(x) || !IsStable($"e{x}") || !IsStable($"e{x}e"))
            .Select(x => $"U+{char.ConvertToUtf32(x, 0):X}")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(' ', wrong.Take(50)));
    }

    [Fact]
    public async Task Any_text_has_words_that_have_themselves_as_words() =>
        await ForEvery.HoldsAsync(Texts, 2000, text =>
        {
            Assert.True(IsStable(text));
            return Task.CompletedTask;
        });

    [Theory, OnEachDatabase]
    public async Task Any_query_is_answered_or_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        await ForEvery.HoldsAsync(Texts, 150, async text =>
        {
            var answer = await anyone.GetAsync($"/search/?q={SearchTests.Escape(text)}");
            if ((int)answer.Status != 200)
            {
                answer.Refused(System.Net.HttpStatusCode.UnprocessableEntity);
            }
        });
    }

    [Theory, OnEachDatabase]
    public async Task Every_word_of_a_post_finds_it(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var looked = 0;
        await ForEvery.HoldsAsync(Texts, 25, async text =>
        {
            var created = await author.PostAsync(
                "/post/",
                new
                {
                    text = new string([
                        .. text.Where(x => !char.IsControl(x) && !char.IsSurrogate(x) && x != '\uFFFE'),
                    ]),
                }
            );
            if ((int)created.Status != 201)
            {
                return;
            }
            var id = (long)created["id"]!;
            foreach (var word in Tokenizer.WordsOf((string)created["text"]!).Distinct())
            {
                looked++;
                var query = $"{word} from:{author.Username}";
                Assert.Contains(id, await SearchTests.FindAsync(author, query, "&limit=100"));
                // Where each character is a word, its marks are part of it.
                var runes = word.EnumerateRunes().ToList();
                var length = runes.Count > 1 && !Rune.IsLetterOrDigit(runes[1]) ? runes.Count : 1;
                var prefix = $"{string.Concat(runes.Take(length))}* from:{author.Username}";
                Assert.Contains(id, await SearchTests.FindAsync(author, prefix, "&limit=100"));
            }
        });
        Assert.True(looked > 20, $"{looked} words");
    }

    private static bool IsStable(string text)
    {
        var words = Tokenizer.WordsOf(text);
        return words.All(x =>
            x.Length > 0
            && x.EnumerateRunes().Count() <= Tokenizer.MaxLength
            && x.All(c => !char.IsAscii(c) || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            && Tokenizer.WordsOf(x).SequenceEqual([x])
        );
    }
}
