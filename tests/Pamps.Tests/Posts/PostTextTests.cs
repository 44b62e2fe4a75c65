using System.Net;
using System.Text;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>The rules for a post's text, through the door that clients use.</summary>
public sealed class PostTextTests
{
    private const string ZeroWidth = "\u200B\u200D\uFEFF\u2060";

    [Theory, OnEachDatabase]
    public async Task A_text_that_shows_nothing_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        string[] texts = ["", " ", "   ", "\n", "\t \n", "\u00A0\u3000\u2003", ZeroWidth, $" {ZeroWidth} "];
        foreach (var text in texts)
        {
            await RefusedAsync(author, text);
        }
        foreach (var body in new[] { "{}", """{"text":null}""", """{"text":5}""", "[]", "null", "\"hello\"" })
        {
            var post = await author.SendAsync(HttpMethod.Post, "/post/", Client.Raw(body));
            post.Refused(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Five_hundred_code_points_fit_and_one_more_does_not(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        // The last is two code points, which NFC makes one.
        foreach (var (one, kept) in new[] { ("a", "a"), ("é", "é"), ("😀", "😀"), ("e\u0301", "é") })
        {
            var full = await author.PostAsync("/post/", new { text = Repeat(one, 500) });
            Assert.Equal(HttpStatusCode.Created, full.Status);
            Assert.Equal(Repeat(kept, 500), (string)full["text"]!);
            await RefusedAsync(author, Repeat(one, 501));
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_trimmed_does_not_count(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var text = new string(' ', 5000) + Repeat("a", 500) + new string('\n', 5000);
        Assert.Equal(Repeat("a", 500), await WrittenAsync(author, text));
    }

    [Theory, OnEachDatabase]
    public async Task A_text_is_kept_trimmed_in_normal_form_C(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        (string Sent, string Kept)[] texts =
        [
            ("  hello \n", "hello"),
            ("\u00A0\u3000hello\u2003", "hello"),
            ("\r\nhello\r\n", "hello"),
            ("one\r\ntwo\rthree\n\rfour\r\n\r\nfive", "one\ntwo\nthree\n\nfour\n\nfive"),
            ("two  spaces", "two  spaces"),
            ("line\n\tline", "line\n\tline"),
            ("cafe\u0301", "café"),
            ("\u212B \uAC00", "\u00C5 \uAC00"),
            ("\u1100\u1161", "\uAC00"),
            ("👩\u200D👩\u200D👧", "👩\u200D👩\u200D👧"),
            ("<b>&amp;\"'\\/", "<b>&amp;\"'\\/"),
            ("\u2028\u2029|", "|"),
            ("null", "null"),
        ];
        foreach (var (sent, kept) in texts)
        {
            Assert.Equal(kept, await WrittenAsync(author, sent));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Characters_that_mean_nothing_in_Unicode_do_no_harm(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        foreach (var text in new[] { "a\uFFFFb", "a\uFDD0b", "a\U0001FFFEb", "a\uE000b", "a\u0378b" })
        {
            Assert.Equal(text, await WrittenAsync(author, text));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Control_characters_but_newline_and_tab_are_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var controls = Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(x => (char)x);
        foreach (var control in controls.Except(['\n', '\r', '\t']))
        {
            await RefusedAsync(author, $"a{control}b");
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_no_Unicode_text_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        foreach (
            var text in new[]
            {
                @"\ud83d",
                @"a\ud83db",
                @"a\ude00",
                @"\ude00\ud83d",
                @"\ud83d\ud83d\ude00",
                @"a\ufffeb",
            }
        )
        {
            var body = $$"""{"text":"{{text}}"}""";
            var post = await author.SendAsync(HttpMethod.Post, "/post/", Client.Raw(body));
            post.Refused(HttpStatusCode.UnprocessableEntity);
        }
        var whole = await author.SendAsync(
            HttpMethod.Post,
            "/post/",
            Client.Raw("""{"text":"\ud83d\ude00"}""")
        );
        Assert.Equal("😀", (string)whole["text"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Bytes_that_are_not_UTF_8_are_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        foreach (var wrong in new byte[][] { [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80] })
        {
            byte[] body = [.. "{\"text\":\"a"u8, .. wrong, .. "b\"}"u8];
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            var post = await author.SendAsync(HttpMethod.Post, "/post/", content);
            post.Refused(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_longest_text_is_a_setting(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x => x.Posts.MaxLength = 3);
        using var author = await pamps.RegisterAsync();
        Assert.Equal("abc", await WrittenAsync(author, " abc "));
        await RefusedAsync(author, "abcd");
    }

    private static string Repeat(string text, int times) =>
        new StringBuilder().Insert(0, text, times).ToString();

    /// <summary>Writes the text, and answers with what the database then has.</summary>
    private static async Task<string> WrittenAsync(Client author, string text)
    {
        var id = await author.WriteAsync(text);
        return (string)(await author.GetAsync($"/post/{id}/"))["text"]!;
    }

    private static async Task RefusedAsync(Client author, string text)
    {
        var post = await author.PostAsync("/post/", new { text });
        post.Refused(HttpStatusCode.UnprocessableEntity);
        Assert.True(post["errors"]!.AsObject().ContainsKey("text"), post.Body);
    }
}
