using System.Globalization;
using Pamps.Core.Text;

namespace Pamps.Tests.Posts;

/// <summary>What counts as a mention, a hashtag, a URL.</summary>
public sealed class FindEntitiesTests
{
    [Theory]
    [InlineData("hello", "")]
    [InlineData("@ana", "0-4 @ana")]
    [InlineData("Hi @Ana_1, hi", "3-9 @Ana_1")]
    [InlineData(
        "(@ana) @ana. @ana's @ana! @ana: @ana…",
        "1-5 @ana|7-11 @ana|13-17 @ana|20-24 @ana|26-30 @ana|32-36 @ana"
    )]
    [InlineData("@ana/@beto", "0-4 @ana|5-10 @beto")]
    [InlineData("@anaさん、@ana님 @anaने", "0-4 @ana|7-11 @ana|13-17 @ana")]
    [InlineData("👍🏽@ana ❤️@beto 1️⃣@caio", "2-6 @ana|9-14 @beto|18-23 @caio")]
    [InlineData("＠ana @a\u00ADna\u200D x\u2060@ana", "0-4 @ana|5-10 @ana")]
    // Not names, or not local ones.
    [InlineData("@a @1ana @_ana @anaé @ana\u0323b", "")]
    [InlineData("@abcdefghijklmnopqrstuvwxyz0123", "0-31 @abcdefghijklmnopqrstuvwxyz0123")]
    [InlineData("@abcdefghijklmnopqrstuvwxyz01234", "")]
    [InlineData("@ana@other.example @ana@beto", "")]
    [InlineData("@ana@ hello", "0-4 @ana")]
    [InlineData("ana@example.org x@yz é@ana 猫@ana 1@ana _@ana @@ana", "")]
    [InlineData("example.org/@ana ?x=@ana&@ana", "")]
    // Hashtags.
    [InlineData("#pampas", "0-7 #pampas")]
    [InlineData("#Café, #cafe\u0301!", "0-5 #café|7-13 #café")]
    [InlineData("#2026 #2026a #_ #a_1", "6-12 #2026a|16-20 #a_1")]
    [InlineData("#one#two a#b ##x", "0-4 #one|14-16 #x")]
    [InlineData("#one/#two example.org/#top &#x27; &#39;", "0-4 #one|5-9 #two")]
    [InlineData("＃夕焼け #コーヒー。", "0-4 #夕焼け|5-10 #コーヒー")]
    [InlineData("#रविवार #موسيقى", "0-7 #रविवार|8-15 #موسيقى")]
    [InlineData("#می\u200Cخواهم #a\u200Db #a\u200C", "0-9 #می\u200Cخواهم|10-14 #ab|15-17 #a")]
    [InlineData("#cats\u3164 #cats\u00ADdogs\uFE0F #cats\u2800dogs", "0-5 #cats|7-17 #catsdogs|19-24 #cats")]
    [InlineData("#İSTANBUL #istanbul #ISPARTA", "0-9 #istanbul|10-19 #istanbul|20-28 #isparta")]
    [InlineData("#STRASSE #Straße #STRAẞE", "0-8 #strasse|9-16 #straße|17-24 #straße")]
    [InlineData("#ΟΔΟΣ #οδός #οδοσ", "0-5 #οδοσ|6-11 #οδόσ|12-17 #οδοσ")]
    [InlineData("#𐐀x #️⃣ #☕ # #", "0-3 #𐐨x")]
    [InlineData("🦤 #a", "2-4 #a")]
    // URLs.
    [InlineData("https://example.org/", "0-20 https://example.org/")]
    [InlineData("see http://example.org.", "4-22 http://example.org")]
    [InlineData(
        "(https://example.org/a_(b)), HTTPS://Example.org/?q=#x",
        "1-26 https://example.org/a_(b)|29-54 HTTPS://Example.org/?q=#x"
    )]
    [InlineData("[text](https://example.org/)#tag", "7-27 https://example.org/|28-32 #tag")]
    [InlineData("https://example.org/(", "0-20 https://example.org/")]
    [InlineData(
        "\"https://example.org/a\" <https://example.org/b>",
        "1-22 https://example.org/a|25-46 https://example.org/b"
    )]
    [InlineData(
        "https://pt.example/São_Paulo https://東京.example/。次",
        "0-28 https://pt.example/São_Paulo|29-48 https://東京.example/"
    )]
    [InlineData("https://example.org/@ana/#tag @ana", "0-29 https://example.org/@ana/#tag|30-34 @ana")]
    [InlineData(
        "https://[2001:db8::1]/ http://localhost:8000/x",
        "0-22 https://[2001:db8::1]/|23-46 http://localhost:8000/x"
    )]
    [InlineData(
        "https://example.org/{a}|b?q={x|y}^2#{z}| https://example.org/a}",
        "0-39 https://example.org/{a}|b?q={x|y}^2#{z}|41-62 https://example.org/a"
    )]
    [InlineData(
        @"https://example.org/?p=C:\a\b\ https://example.org/a\b {https://example.org/x}",
        @"0-29 https://example.org/?p=C:\a\b|31-52 https://example.org/a|56-77 https://example.org/x"
    )]
    [InlineData(
        @"https://good.example\/evil.example/ https://example.org|https://example.net {https://example.org}",
        "0-20 https://good.example|36-55 https://example.org|56-75 https://example.net|77-96 https://example.org"
    )]
    [InlineData("これhttps://example.org/", "2-22 https://example.org/")]
    // Left alone, with what is in them.
    [InlineData("https://bank.example@evil.example/#a https://:@ana/", "")]
    [InlineData("ftp://example.org/@ana#b gemini://x/?=#b https:// http://. ://", "")]
    [InlineData("https://example.org:99999/ https://-/ xhttps://example.org", "")]
    [InlineData("#https://example.org", "1-20 https://example.org")]
    public void They_are_found_where_readers_see_them(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', FindEntities.In(text).Select(x => Show(text, x))));

    [Fact]
    public void Each_kind_has_a_limit_and_repetition_counts_once()
    {
        var names = string.Join(' ', Enumerable.Range(10, 25).Select(i => $"@ana{i} @ANA{i}"));
        var tags = string.Join(' ', Enumerable.Range(10, 35).Select(i => $"#tag{i} #TAG{i}"));
        var found = FindEntities.In($"{names} {tags}");
        var mentions = found.Where(x => x.Kind == EntityKind.Mention).ToList();
        Assert.Equal(2 * FindEntities.MaxMentions, mentions.Count);
        Assert.Equal("ANA29", mentions[^1].Name);
        Assert.Equal(2 * FindEntities.MaxTags, found.Count - mentions.Count);
    }

    [Fact]
    public void Too_long_a_word_is_no_tag_and_too_long_an_address_no_link()
    {
        var longest = string.Concat(Enumerable.Repeat("𐐨", TagName.MaxLength));
        Assert.Equal(longest, Assert.Single(FindEntities.In($"#{longest}")).Name);
        Assert.Empty(FindEntities.In($"#{longest}a"));
        var address = "https://example.org/" + new string('a', FindEntities.MaxUrlLength - 20);
        Assert.Equal(address, Assert.Single(FindEntities.In(address)).Name);
        Assert.Empty(FindEntities.In($"{address}a#b"));
    }

    [Theory]
    [InlineData("#Pampas", "pampas")]
    [InlineData("CAFE\u0301", "café")]
    [InlineData("i\u0307stanbul", "istanbul")]
    [InlineData("＃猫", "猫")]
    [InlineData("ca\u00ADts\u3164\uFE0F", "cats")]
    [InlineData("cafe\u034F\u0301", "café")]
    [InlineData("cats\u3164dogs", null)]
    [InlineData("2026", null)]
    [InlineData("a b", null)]
    [InlineData("##a", null)]
    [InlineData("", null)]
    [InlineData("#", null)]
    [InlineData("a\0", null)]
    [InlineData("\u0301a", null)]
    public void A_tag_has_one_form(string name, string? expected) =>
        Assert.Equal(expected, TagName.Normalize(name));

    private static string Show(string text, TextEntity entity)
    {
        var sign = entity.Kind switch
        {
            EntityKind.Mention => "@",
            EntityKind.Hashtag => "#",
            _ => "",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{entity.Start}-{entity.Start + entity.Length} {sign}{entity.Name}"
        );
    }
}
