using Pamps.Tests.Host;

namespace Pamps.Tests.Filters;

/// <summary>What of a text a filter's words are found in.</summary>
public sealed class FilterWordTests
{
    [Theory, OnEachDatabase]
    public async Task Words_are_compared_as_search_compares_them(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        (string Keyword, bool Whole, string Text, bool Matches)[] cases =
        [
            ("Eleição", true, "a ELEICAO de hoje", true),
            ("eleicao", true, "as eleiçãozinhas", false),
            ("eleicao", false, "as eleiçãozinhas", true),
            ("straße", true, "in der STRASSE", true),
            ("ｆｕｌｌ", true, "full width", true),
            ("cat", true, "concatenate", false),
            ("cat", true, "cat_food", false),
            ("cat", true, "a _cat_ and", true),
            ("cat", true, "#Cat!", true),
            ("#cat", true, "#category", false),
            ("#cat", true, "my #Cat", true),
            ("cat", true, "私のcatです", true),
            ("野球", true, "今日は野球の試合", true),
            ("野球場", true, "野球の試合", false),
            ("야구", true, "야구가 좋아", true),
            ("ส้มตำ", true, "กินส้มตำกัน", true),
            ("two  words", true, "two\nwords here", true),
            ("two words", true, "two other words", false),
            ("c++", true, "I write C++, mostly", true),
            ("🌾", true, "the pampas 🌾🌾", true),
            ("❤", true, "I ❤️ it", true),
            ("и́скра", true, "Искра", true),
            ("мой", true, "мои", false),
        ];
        foreach (var whole in new[] { true, false })
        {
            foreach (var one in cases.Where(x => x.Whole == whole))
            {
                var id = await beto.WriteAsync(one.Text);
                var filter = await FilterTests.MakeAsync(
                    ana,
                    "x",
                    [one.Keyword],
                    ["thread"],
                    wholeWord: one.Whole
                );
                var isFound = (await ana.GetAsync($"/post/{id}/"))["filtered"] is not null;
                Assert.True(isFound == one.Matches, $"{one.Keyword} in {one.Text}");
                await ana.DeleteAsync($"/filter/{filter["id"]}/");
            }
        }
    }
}
