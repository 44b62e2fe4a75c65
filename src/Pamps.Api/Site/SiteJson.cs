using Pamps.Core.Site;
using Pamps.Http;

namespace Pamps.Api.Site;

/// <summary>What the site says of itself.</summary>
/// <param name="About">What it is, as HTML.</param>
/// <param name="Privacy">What becomes of people's data, as HTML.</param>
/// <param name="Contact">How to reach who runs it, as HTML.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Announcement">What everybody is told at present.</param>
internal sealed record SiteResponse(
    string? About,
    string? Privacy,
    string? Contact,
    RuleResponse[] Rules,
    AnnouncementResponse? Announcement
)
{
    public static SiteResponse From(SiteView x) =>
        new(
            SafeMarkdown.ToHtml(x.About),
            SafeMarkdown.ToHtml(x.Privacy),
            SafeMarkdown.ToHtml(x.Contact),
            [.. x.Rules.Select((text, i) => new RuleResponse(i + 1, text))],
            x.Announcement is { } said
                ? new AnnouncementResponse(SafeMarkdown.ToHtml(said.Body)!, said.EndsAt, said.UpdatedAt)
                : null
        );
}

/// <summary>A rule, which reports name by its number.</summary>
internal sealed record RuleResponse(int Number, string Text);

/// <summary>What everybody is told, as HTML; another one has another time.</summary>
internal sealed record AnnouncementResponse(string Text, DateTime? EndsAt, DateTime UpdatedAt);

/// <summary>A text of the site as it is written.</summary>
internal sealed record SiteTextResponse(
    string Key,
    string Locale,
    string Body,
    DateTime? EndsAt,
    DateTime UpdatedAt
)
{
    public static SiteTextResponse From(SiteText x) => new(x.Key, x.Locale, x.Body, x.EndsAt, x.UpdatedAt);
}

/// <param name="Body">Markdown; of the rules, a rule a line.</param>
/// <param name="EndsAt">When an announcement is shown no more.</param>
internal sealed record SiteTextRequest(string? Body, DateTime? EndsAt = null);
