using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Site;
using Pamps.Http;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Moderation;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Site;

/// <summary>/site/: rules, about, privacy, contact, announcements.</summary>
public sealed class SiteTextTests
{
    private readonly FakeTime time = new();

    [Theory, OnEachDatabase]
    public async Task Admins_write_what_the_site_says_and_everybody_reads_it_in_their_language(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Security.AccessTokenExpireMinutes = x.Security.RefreshTokenExpireMinutes = 100_000,
            services: time.Use
        );
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var member = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();

        var empty = await anyone.GetAsync("/site/");
        Assert.Null(empty["about"]);
        Assert.Empty(empty["rules"]!.AsArray());
        var rules = new { body = "Be kind\n\nNo spam" };
        (await anyone.PutAsync("/site/text/rules/en/", rules)).Refused(Unauthorized);
        (await moderator.PutAsync("/site/text/rules/en/", rules)).Refused(Forbidden);
        (await moderator.GetAsync("/site/text/")).Refused(Forbidden);
        (await moderator.DeleteAsync("/site/text/rules/en/")).Refused(Forbidden);
        (await boss.PutAsync("/site/text/other/en/", rules)).Refused(NotFound);
        (await boss.PutAsync("/site/text/rules/not a language/", rules)).Blames("locale");
        (await boss.PutAsync("/site/text/rules/en%0A/", rules)).Blames("locale");
        (await boss.PutAsync("/site/text/rules/en/", new { body = " " })).Blames("body");
        (await boss.PutAsync("/site/text/rules/en/", new { body = new string('x', 10_001) })).Blames("body");
        var many = string.Join('\n', Enumerable.Repeat("x", 51));
        (await boss.PutAsync("/site/text/rules/en/", new { body = many })).Blames("body");
        (await boss.PutAsync("/site/text/rules/en/", new { body = "x", ends_at = time.GetUtcNow() })).Blames(
            "ends_at"
        );
        Assert.Equal(OK, (await boss.PutAsync("/site/text/rules/en/", rules)).Status);
        Assert.Equal(
            OK,
            (await boss.PutAsync("/site/text/rules/pt-BR/", new { body = "Seja gentil" })).Status
        );
        Assert.Equal(
            OK,
            (await boss.PutAsync("/site/text/about/pt-BR/", new { body = "**Nosso** site" })).Status
        );

        Assert.Equal(["Be kind", "No spam"], await RulesAsync("de"));
        Assert.Equal(["Seja gentil"], await RulesAsync("pt-PT"));
        // What is there in no language that is wanted is shown in the one that there is.
        Assert.Equal(
            "<p><strong>Nosso</strong> site</p>\n",
            (string)(await anyone.GetAsync("/site/?locale=en"))["about"]!
        );
        // Read again, it is the very text of which the HTML was made.
        var site = pamps.Services.GetRequiredService<ReadSite>();
        var about = (await site.RunAsync([], TestContext.Current.CancellationToken)).About;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Same(about, (await site.RunAsync([], TestContext.Current.CancellationToken)).About);
        Assert.Same(SafeMarkdown.ToHtml(about), SafeMarkdown.ToHtml(about));
        Assert.Equal(3, (await boss.GetAsync("/site/text/")).Items.Count);
        Assert.Equal(NoContent, (await boss.DeleteAsync("/site/text/rules/pt-BR/")).Status);
        (await boss.DeleteAsync("/site/text/rules/pt-BR/")).Refused(NotFound);
        Assert.Equal(["Be kind", "No spam"], await RulesAsync("pt-BR"));

        var past = new { body = "Soon", ends_at = time.GetUtcNow().AddMinutes(-1) };
        (await boss.PutAsync("/site/text/announcement/en/", past)).Blames("ends_at");
        var said = new { body = "Down at noon", ends_at = time.GetUtcNow().AddHours(1) };
        Assert.Equal(OK, (await boss.PutAsync("/site/text/announcement/en/", said)).Status);
        Assert.NotNull((await anyone.GetAsync("/site/"))["announcement"]);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Null((await anyone.GetAsync("/site/"))["announcement"]);
        Assert.Equal(
            5,
            await pamps.ScalarAsync<long>(
                "SELECT CAST(sum(count) AS bigint) FROM security_event WHERE kind = 'site_text_changed'"
            )
        );

        // A report names the rule.
        var report = new
        {
            username = boss.Username,
            category = "rule",
            rule = 2,
        };
        (await member.PostAsync("/report/", report with { rule = 3 })).Blames("rule");
        (await member.PostAsync("/report/", report with { category = "spam" })).Blames("rule");
        Assert.Equal(Created, (await member.PostAsync("/report/", report)).Status);
        Assert.Equal(2, (int)(await moderator.GetAsync("/moderation/report/")).Items[0]!["rule"]!);

        async Task<string[]> RulesAsync(string locale) =>
            [
                .. (await anyone.GetAsync($"/site/?locale={locale}"))["rules"]!
                    .AsArray()
                    .Select(x => (string)x!["text"]!),
            ];
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n")]
    [InlineData("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n")]
    [InlineData("<b onclick='x'>b</b>", "<p>&lt;b onclick='x'&gt;b&lt;/b&gt;</p>\n")]
    public void No_HTML_of_theirs_comes_through(string markdown, string html) =>
        Assert.Equal(html, SafeMarkdown.ToHtml(markdown));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java&#10;script:alert(1))")]
    [InlineData("[x](<\tjavascript:alert(1)>)")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](data:text/html,hi)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x][y]\n\n[y]: javascript:alert(1)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](/\\evil.example)")]
    [InlineData("[x](file:///etc/passwd)")]
    public void No_link_runs_or_leads_where_it_does_not_say(string markdown)
    {
        var html = SafeMarkdown.ToHtml(markdown)!;
        Assert.Contains("href=\"\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x](https://example.org/?a=1&b=2)", "href=\"https://example.org/?a=1&amp;b=2\"")]
    [InlineData("[x](/rules)", "href=\"/rules\"")]
    [InlineData("<ana@example.org>", "href=\"mailto:ana@example.org\"")]
    [InlineData("[x](mailto:ana@example.org)", "href=\"mailto:ana@example.org\"")]
    [InlineData("https://example.org", "href=\"https://example.org\"")]
    public void Other_links_stay(string markdown, string link) =>
        Assert.Contains(link, SafeMarkdown.ToHtml(markdown)!, StringComparison.Ordinal);
}
