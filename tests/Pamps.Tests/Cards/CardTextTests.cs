using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Outgoing;

namespace Pamps.Tests.Cards;

/// <summary>What strangers call their pages, as it is shown beside other people's words.</summary>
public sealed class CardTextTests
{
    [Theory, OnEachDatabase]
    public async Task Titles_are_text_of_one_line_in_which_nothing_hides(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await CardServer.StartAsync(database, time);
        await using var foreign = new ForeignServer();
        using var ana = await pamps.RegisterAsync();
        var cases = new (string Given, string Shown)[]
        {
            ("<b>Bold</b> &lt;script&gt;alert(1)&lt;/script&gt;", "<b>Bold</b> <script>alert(1)</script>"),
            (" two\n\tlines \u00a0 ", "two lines"),
            ("a\u202eb\u200bc\u2066d\u0007e", "ab cde"),
            ("e\u0301", "é"),
            ("Z" + new string('\u0335', 40), "Z" + new string('\u0335', 4)),
            ("\U0001F469\u200d\U0001F33E farms", "\U0001F469\u200d\U0001F33E farms"),
            (new string('x', 5000), new string('x', 199) + "…"),
            (new string('\u200b', 5000) + "far away", "far away"),
        };
        foreach (var (i, (given, _)) in cases.Index())
        {
            foreign.Page($"/{i}", CardServer.Html(given));
        }
        var ids = new List<long>();
        for (var i = 0; i < cases.Length; i++)
        {
            ids.Add(await ana.WriteAsync(foreign[$"/{i}"]));
        }

        await pamps.FetchAsync();

        foreach (var (id, (_, shown)) in ids.Zip(cases))
        {
            Assert.Equal(shown, (string?)(await ana.GetAsync($"/post/{id}/"))["card"]?["title"]);
        }
    }
}
