using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Core.Moderation;

/// <summary>What somebody who reports is told.</summary>
/// <param name="Id">The report's id.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record MadeReport(long Id, DateTime CreatedAt);

/// <summary>A report as moderators see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Person">Who is reported.</param>
/// <param name="Reporter">Who reports; null when they have left.</param>
/// <param name="Category">Why.</param>
/// <param name="Text">What they say; or null.</param>
/// <param name="PostsCount">How many posts come with it.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ClosedAt">When a moderator was done with it, UTC; null while it is open.</param>
/// <param name="Dismissed">Whether nothing was to be done.</param>
/// <param name="ClosedBy">The name of who closed it; null while it is open, when it was the operator, and when they have left.</param>
/// <param name="Rule">The number of the rule that is broken; or null.</param>
public sealed record ReportView(
    long Id,
    UserView Person,
    UserView? Reporter,
    ReportCategory Category,
    string? Text,
    int PostsCount,
    DateTime CreatedAt,
    DateTime? ClosedAt,
    bool Dismissed,
    string? ClosedBy,
    int? Rule
);

/// <summary>A post of a report, as it was then.</summary>
/// <param name="Id">The post's id.</param>
/// <param name="Text">What it said.</param>
/// <param name="Date">When it was written, UTC.</param>
/// <param name="Visibility">Who could see it.</param>
/// <param name="IsThere">Whether it still is.</param>
public sealed record ReportedPost(long Id, string Text, DateTime Date, Visibility Visibility, bool IsThere);

/// <summary>A report with all that belongs to it.</summary>
/// <param name="Report">The report.</param>
/// <param name="Posts">The posts that came with it.</param>
/// <param name="Person">How the person stands.</param>
/// <param name="History">What was done to them, newest first; the first page.</param>
public sealed record WholeReport(
    ReportView Report,
    IReadOnlyList<ReportedPost> Posts,
    PersonView Person,
    Page<ModerationView> History
);

/// <summary>How somebody stands, as moderators see it.</summary>
/// <param name="User">Who.</param>
/// <param name="Role">What they are to the site.</param>
/// <param name="CreatedAt">When the account was made, UTC.</param>
/// <param name="SilencedAt">Since when none but followers find them, UTC; or null.</param>
/// <param name="SuspendedAt">Since when the account is closed, UTC; or null.</param>
/// <param name="EraseAt">When it is erased, where it is suspended; UTC.</param>
/// <param name="OpenReports">How many reports of them are open.</param>
public sealed record PersonView(
    UserView User,
    Role Role,
    DateTime CreatedAt,
    DateTime? SilencedAt,
    DateTime? SuspendedAt,
    DateTime? EraseAt,
    int OpenReports
);

/// <summary>What a moderator did to somebody.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What.</param>
/// <param name="By">The moderator's name; null for the operator, when they have left, and for the person it was done to.</param>
/// <param name="ReportId">The report that led to it; or null.</param>
/// <param name="Message">What the moderator says to the person; or null.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="SeenAt">When the person took notice, UTC; or null.</param>
public sealed record ModerationView(
    long Id,
    ModerationKind Kind,
    string? By,
    long? ReportId,
    string? Message,
    DateTime CreatedAt,
    DateTime? SeenAt
)
{
    /// <summary>What the person says against it; or null.</summary>
    public string? Appeal { get; init; }

    /// <summary>When they said so, UTC; or null.</summary>
    public DateTime? AppealedAt { get; init; }

    /// <summary>When a moderator decided on that, UTC; or null.</summary>
    public DateTime? AppealClosedAt { get; init; }

    /// <summary>Whether the person was right, where it is decided.</summary>
    public bool AppealAccepted { get; init; }

    /// <summary>It as the person is told it: not by whom, nor for which report.</summary>
    internal ModerationView ToThemselves() => this with { By = null, ReportId = null };

    /// <summary>A page of it, likewise.</summary>
    internal static Page<ModerationView> ToThemselves(Page<ModerationView> page) =>
        page with
        {
            Items = [.. page.Items.Select(x => x.ToThemselves())],
        };
}
