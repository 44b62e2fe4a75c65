using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pamps.Core.Text;

namespace Pamps.Tests.Properties;

/// <summary>What holds for the entities of any text.</summary>
public sealed class EntityProperty
{
    /// <summary>Pieces that are something, or nearly; and what stands between them.</summary>
    private static Gen<string> Pieces =>
        Gen.Frequency(
            (
                6,
                Gen.Elements(
                    "@ana",
                    "@beto_2",
                    "#tag",
                    "#Café",
                    "#cafe\u0301",
                    "#猫",
                    "＃x",
                    "＠ana",
                    "@a\u00ADna",
                    "#c\u2060at",
                    "https://example.org/",
                    "http://a.example/b_(c)?d=@ana#e",
                    "ana@example.org",
                    "@ana@other.example"
                )
            ),
            (
                6,
                Gen.Elements(
                    " ",
                    "\n",
                    "(",
                    ")",
                    ".",
                    ",",
                    "'",
                    "/",
                    ":",
                    "://",
                    "@",
                    "#",
                    "&",
                    "=",
                    "_",
                    "[",
                    "]"
                )
            ),
            (2, Gen.Choose(0x1F300, 0x1FAFF).Select(char.ConvertFromUtf32)),
            (2, Gen.Choose(0x300, 0x36F).Select(x => $"{(char)x}")),
            (
                2,
                Gen.Elements(
                    "a",
                    "é",
                    "न",
                    "1",
                    "\u200C",
                    "\u200D",
                    "\uFE0F",
                    "\u20E3",
                    "\u3164",
                    "\u00AD",
                    "𐐀",
                    "İ",
                    "ς"
                )
            ),
            (1, Gen.Choose(0, 0xFFFF).Select(x => $"{(char)x}"))
        );

    private static Gen<string> Texts => Pieces.ArrayOf().Select(string.Concat);

    private static Arbitrary<string> AnyText =>
        Arb.From(Texts, x => ArbMap.Default.ArbFor<string>().Shrinker(x));

    [Fact]
    public Task Offsets_point_at_exactly_what_is_named() =>
        HoldsAsync(text =>
        {
            var end = 0;
            foreach (var x in FindEntities.In(text))
            {
                Assert.True(x.Start >= end, "They overlap");
                end = x.Start + x.Length;
                var slice = Slice(text, x);
                switch (x.Kind)
                {
                    case EntityKind.Mention:
                        Assert.Contains(slice[0], "@＠");
                        Assert.Equal(x.Name, string.Concat(slice.Where(UserName.IsCharacter)));
                        break;
                    case EntityKind.Hashtag:
                        Assert.Equal(x.Name, TagName.Normalize(slice));
                        Assert.Contains(slice[0], "#＃");
                        break;
                    default:
                        Assert.Equal(x.Name, slice);
                        Assert.True(Uri.TryCreate(slice, UriKind.Absolute, out _));
                        break;
                }
            }
        });

    [Fact]
    public Task What_was_found_is_found_again_by_itself() =>
        HoldsAsync(text =>
        {
            foreach (var x in FindEntities.In(text))
            {
                var alone = Assert.Single(FindEntities.In(Slice(text, x)));
                Assert.Equal(x with { Start = 0 }, alone);
                if (x.Kind == EntityKind.Hashtag)
                {
                    Assert.Equal(x.Name, TagName.Normalize(x.Name));
                    Assert.Equal(x.Name, TagName.Normalize("#" + x.Name.Normalize(NormalizationForm.FormD)));
                }
            }
        });

    /// <summary>Where whole words stand alone, exactly they are found, whatever else is around them.</summary>
    [Fact]
    public Task Nothing_is_found_inside_addresses() =>
        ForEvery.HoldsAsync(
            Gen.Elements(
                    "@ana",
                    "#tag",
                    "https://example.org/@ana/#tag",
                    "http://a.example/?q=#b&c=@ana,@beto",
                    "ana@example.org",
                    "ana.b+c@mail.example.org",
                    "a#b",
                    "🦤",
                    "e\u0301"
                )
                .ArrayOf(),
            300,
            words =>
            {
                var expected = words.Where(x => x[0] is '@' or '#' or 'h');
                var text = string.Join(' ', words);
                Assert.Equal(expected, FindEntities.In(text).Select(x => Slice(text, x)));
                return Task.CompletedTask;
            }
        );

    private static Task HoldsAsync(Action<string> holds) => ForEvery.HoldsAsync(AnyText, 2000, text =>
        {
            holds(text);
            return Task.CompletedTask;
        });

    /// <summary>The piece that an offset in code points names, found in another way than the server's.</summary>
    private static string Slice(string text, TextEntity entity)
    {
        var points = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            var isPair =
                char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            points.Add(text.Substring(i, isPair ? 2 : 1));
            i += isPair ? 1 : 0;
        }
        return string.Concat(points.Skip(entity.Start).Take(entity.Length));
    }
}
