using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Site;

/// <summary>Lets admins write what the site says of itself. Refused to all others.</summary>
public sealed class EditSite
{
    private static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "text_not_found",
        "There is no such text of the site"
    );

    private static readonly Error NoLocale = Error.Invalid(
        "locale",
        "not_a_locale",
        "A language is named as browsers do, such as en or pt-BR."
    );

    private readonly RevokingWriter writer;
    private readonly ReadSite site;

    internal EditSite(RevokingWriter writer, ReadSite site) => (this.writer, this.site) = (writer, site);

    /// <summary>
    /// Writes a text in a language, in place of the one there is. Refused when there is no such text, it is empty, too long, or ends in the
    /// past, and when there are too many languages or rules.
    /// </summary>
    /// <param name="viewer">Who writes.</param>
    /// <param name="key">Which: one of <see cref="SiteTexts.Keys"/>.</param>
    /// <param name="locale">In which language.</param>
    /// <param name="body">What; Markdown, of the rules a rule a line.</param>
    /// <param name="endsAt">When it is shown no more, UTC; null for never. Announcements alone end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SiteText>> RunAsync(
        Viewer viewer,
        string key,
        string locale,
        string? body,
        DateTime? endsAt,
        CancellationToken cancellationToken
    )
    {
        if (!viewer.Role.May(Powers.Administer))
        {
            return Error.SuperuserOnly;
        }
        if (SiteTexts.MaxLengthOf(key) is not { } most)
        {
            return NotFound;
        }
        if (!SiteTexts.IsLocale(locale))
        {
            return NoLocale;
        }
        var errors = new FieldErrors();
        var text = errors.Take("body", PlainText.Normalize("body", body, 1, most));
        if (text is not null && key == SiteTexts.Rules && SiteTexts.ToRules(text).Count > SiteTexts.MaxRules)
        {
            errors.Take<string>(
                "body",
                Error.Invalid(
                    "body",
                    "too_many_rules",
                    string.Create(CultureInfo.InvariantCulture, $"At most {SiteTexts.MaxRules} rules."),
                    most: SiteTexts.MaxRules
                )
            );
        }
        if (endsAt is not null && key != SiteTexts.Announcement)
        {
            errors.Take<string>(
                "ends_at",
                Error.Invalid("ends_at", "does_not_end", "Announcements alone end.")
            );
        }
        if (errors.Any(out var error))
        {
            return error;
        }
        var written = await writer.RunAsync<SiteText>(
            viewer,
            async write =>
            {
                var (ends, others) = (
                    endsAt?.ToUniversalTime(),
                    await write.FirstAsync(
                        new Statement(
                            "SELECT count(*) FROM site_text t WHERE t.key = @key AND t.locale <> @locale",
                            ("key", key),
                            ("locale", locale)
                        ),
                        row => row.GetInt64(0)
                    )
                );
                if (others >= SiteTexts.MaxLocales)
                {
                    return Error.Invalid(
                        "locale",
                        "too_many_locales",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"At most {SiteTexts.MaxLocales} languages."
                        ),
                        most: SiteTexts.MaxLocales
                    );
                }
                if (ends <= write.Now)
                {
                    return Error.Invalid("ends_at", "in_the_past", "It would have ended before it began.");
                }
                write.Then(
                    new Statement(
                        """
                        INSERT INTO site_text (key, locale, body, ends_at, updated_at)
                        VALUES (@key, @locale, @body, @ends_at, @now)
                        ON CONFLICT (key, locale) DO UPDATE SET body = excluded.body, ends_at = excluded.ends_at,
                            updated_at = excluded.updated_at
                        """,
                        ("key", key),
                        ("locale", locale),
                        ("body", text),
                        ("ends_at", ends),
                        ("now", write.Now)
                    )
                );
                Audit(write, key, locale);
                return new SiteText(key, locale, text!, ends, write.Now);
            },
            cancellationToken
        );
        site.Forget();
        return written;
    }

    /// <summary>Takes a text away in a language. Refused when there is none.</summary>
    public async Task<Result<Done>> UndoAsync(
        Viewer viewer,
        string key,
        string locale,
        CancellationToken cancellationToken
    )
    {
        if (!viewer.Role.May(Powers.Administer))
        {
            return Error.SuperuserOnly;
        }
        var removed = await writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var found = await write.ExecuteAsync(
                    new Statement(
                        "DELETE FROM site_text WHERE key = @key AND locale = @locale",
                        ("key", key),
                        ("locale", locale)
                    )
                );
                if (found == 0)
                {
                    return NotFound;
                }
                Audit(write, key, locale);
                return new Done();
            },
            cancellationToken
        );
        site.Forget();
        return removed;
    }

    private static void Audit(Write write, string key, string locale) =>
        write.Audit(
            new SecurityEvent(
                SecurityEventKinds.SiteTextChanged,
                UserId: null,
                write.Viewer.Id,
                write.Viewer.Network,
                $"{key} {locale}"
            )
        );
}
