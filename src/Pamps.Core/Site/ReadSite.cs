using Pamps.Core.Databases;
using Pamps.Core.Instances;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Site;

/// <summary>What the site says of itself in the language that somebody reads best.</summary>
/// <param name="About">Markdown; null where nothing is said.</param>
/// <param name="Privacy">Markdown, likewise.</param>
/// <param name="Contact">Markdown, likewise.</param>
/// <param name="Rules">The rules, in their order.</param>
/// <param name="Announcement">What everybody is told at present; or null.</param>
public sealed record SiteView(
    string? About,
    string? Privacy,
    string? Contact,
    IReadOnlyList<string> Rules,
    SiteText? Announcement
);

/// <summary>
/// Reads what the site says of itself. It is remembered for a moment: what this process changes is forgotten at once, what another does
/// when its notice comes, and in any case within a second.
/// </summary>
public sealed class ReadSite
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly Sql sql;
    private readonly TimeProvider time;
    private Kept? kept;
    private long changes;

    internal ReadSite(Sql sql, TimeProvider time, InstanceNotices notices)
    {
        (this.sql, this.time) = (sql, time);
        notices.Revoked += Forget;
    }

    /// <summary>What it says, in the first of these languages that a text has, or in English, or in whatever it has.</summary>
    /// <param name="locales">Languages, the best first; bounded by who calls.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SiteView> RunAsync(IReadOnlyList<string> locales, CancellationToken cancellationToken)
    {
        var all = await AllAsync(cancellationToken);
        var now = time.Now();
        return new SiteView(
            Best(SiteTexts.About)?.Body,
            Best(SiteTexts.Privacy)?.Body,
            Best(SiteTexts.Contact)?.Body,
            Best(SiteTexts.Rules) is { } rules ? SiteTexts.ToRules(rules.Body) : [],
            Best(SiteTexts.Announcement)
        );

        SiteText? Best(string key)
        {
            var texts = all.Where(x => x.Key == key && (x.EndsAt is null || x.EndsAt > now)).ToList();
            return locales
                .Append("en")
                .Select(x =>
                    texts.Find(y => y.Locale.Equals(x, StringComparison.OrdinalIgnoreCase))
                    ?? texts.Find(y => LanguageOf(y.Locale) == LanguageOf(x))
                )
                .FirstOrDefault(x => x is not null)
                ?? texts.FirstOrDefault();
        }
    }

    /// <summary>All texts as they are written, bounded. Refused to all but admins.</summary>
    public async Task<Result<List<SiteText>>> TextsAsync(
        Viewer viewer,
        CancellationToken cancellationToken
    ) => viewer.Role.May(Powers.Administer) ? await ReadAsync(cancellationToken) : Error.SuperuserOnly;

    /// <summary>The number of the last rule, in whichever language there are most.</summary>
    internal async Task<int> CountRulesAsync(CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken))
            .Where(x => x.Key == SiteTexts.Rules)
            .Select(x => SiteTexts.ToRules(x.Body).Count)
            .DefaultIfEmpty()
            .Max();

    /// <summary>Reads anew at the next question.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref changes);
        kept = null;
    }

    private async Task<List<SiteText>> AllAsync(CancellationToken cancellationToken)
    {
        if (kept is { } known && time.GetElapsedTime(known.ReadAt) < Lifetime)
        {
            return known.Texts;
        }
        var (before, readAt) = (Interlocked.Read(ref changes), time.GetTimestamp());
        var texts = await ReadAsync(cancellationToken);
        if (kept is { } old && old.Texts.SequenceEqual(texts))
        {
            // The very strings, of which the HTML is made already.
            texts = old.Texts;
        }
        kept = new Kept(texts, readAt);
        // What was read may be from before a change that came since.
        if (Interlocked.Read(ref changes) != before)
        {
            kept = null;
        }
        return texts;
    }

    private async Task<List<SiteText>> ReadAsync(CancellationToken cancellationToken) =>
        await sql.ListAsync(
            "SELECT t.key, t.locale, t.body, t.ends_at, t.updated_at FROM site_text t ORDER BY t.key, t.locale",
            row => new SiteText(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetUtcOrNull(3),
                row.GetUtc(4)
            ),
            cancellationToken
        );

    private static string LanguageOf(string locale) => locale.Split('-')[0].ToLowerInvariant();

    private sealed record Kept(List<SiteText> Texts, long ReadAt);
}
