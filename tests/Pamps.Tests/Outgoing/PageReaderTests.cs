using System.Text;
using Pamps.Core.Outgoing;
using Pamps.Outgoing;

namespace Pamps.Tests.Outgoing;

/// <summary>What a page says of itself, however it says it.</summary>
public sealed class PageReaderTests
{
    private static ForeignPage Read(byte[] body, string? charset = null) =>
        PageReader
            .Read(
                new OutgoingAnswer(
                    new Uri("https://example.org/a/b?c"),
                    "text/html",
                    charset,
                    body,
                    IsCut: false
                )
            )
            .With(null);

    private static ForeignPage Read(string html) => Read(Encoding.UTF8.GetBytes(html));

    [Fact]
    public void Open_Graph_comes_before_Twitters_cards_and_those_before_the_pages_own_words()
    {
        const string own = "<title>Own <b>title</b></title><meta name=description content='Own words'>";
        const string twitter =
            "<meta name=twitter:title content=T><meta name='twitter:description' content=TD><meta name='twitter:image' content='//cdn.example/t.png'>";
        const string graph =
            "<meta property='OG:Title' content=' G &lt;b&gt; '><meta property=og:title content=second><meta property=og:image content='../g.png'>";
        Assert.Equal(("Own <b>title</b>", "Own words", null), Of(Read(own)));
        Assert.Equal(("T", "TD", "https://cdn.example/t.png"), Of(Read(own + twitter)));
        Assert.Equal((" G <b> ", "TD", "https://example.org/g.png"), Of(Read(own + twitter + graph)));
        // A page that opens its body too soon says the rest there.
        Assert.Equal("G", Read("<head><div><meta property=og:title content=G>").Title);
        Assert.Null(Read("<svg><title>drawn</title></svg><p>text").Title);
        Assert.Null(Read("<script>'<meta property=og:title content=G>'</script>").Title);

        static (string?, string?, string?) Of(ForeignPage page) =>
            (page.Title, page.Description, page.Picture?.AbsoluteUri);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AA==")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    public void A_picture_is_at_an_address_of_the_web(string address) =>
        Assert.Null(Read($"<meta property=og:image content='{address}'>").Picture);

    [Theory]
    [InlineData("windows-1251", "Чайки", true)]
    [InlineData("windows-1251", "Чайки", false)]
    [InlineData("shift_jis", "かもめ", true)]
    [InlineData("EUC-KR", "갈매기", false)]
    [InlineData("gb2312", "海鸥", false)]
    [InlineData("utf-16", "Чайки", true)]
    public void The_encoding_is_what_the_answer_says_or_else_the_page(
        string charset,
        string title,
        bool isInHeader
    )
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset)
            ?? Encoding.GetEncoding(charset);
        var html = $"<meta charset='{(isInHeader ? "koi8-r" : charset)}'><title>{title}</title>";
        byte[] body = [.. encoding.Preamble, .. encoding.GetBytes(html)];
        Assert.Equal(title, Read(body, isInHeader ? charset : null).Title);
    }

    [Fact]
    public void A_page_that_names_no_encoding_is_UTF_8_or_else_Western()
    {
        Assert.Equal("Möwe", Read("<title>Möwe</title>"u8.ToArray()).Title);
        Assert.Equal("Möwe", Read(Encoding.Latin1.GetBytes("<title>Möwe</title>")).Title);
        Assert.Equal("Möwe", Read([.. Encoding.UTF8.Preamble, .. "<title>Möwe</title>"u8], "no-such").Title);
        Assert.Equal("x", Read("<title>x</title>"u8.ToArray(), "utf-7").Title);
    }

    /// <summary>Each of these is a megabyte of what costs a parser more than its length.</summary>
    [Theory]
    [InlineData("<b>")]
    [InlineData("<b><a>")]
    [InlineData("<template>")]
    [InlineData("<table><td>")]
    [InlineData("<svg><math>")]
    [InlineData("<meta ", "a{0} ")]
    [InlineData("<a ", "a=1 ")]
    [InlineData("<!--", "-")]
    [InlineData("<title>", "&amp")]
    [InlineData("<title>", "<")]
    [InlineData("<script>", "<!--<script")]
    public void A_page_that_is_made_to_be_dear_is_read_like_any_other(string first, string? then = null)
    {
        var html = new StringBuilder("<title>t</title>").Append(first);
        for (var i = 0; html.Length < 1_048_576; i++)
        {
            html.Append((then ?? first).Replace("{0}", $"{i}", StringComparison.Ordinal));
        }
        Assert.Equal("t", Read(html.ToString()).Title);
    }
}
