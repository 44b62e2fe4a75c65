using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Api.Posts;
using Pamps.Api.Users;
using Pamps.Core;
using Pamps.Core.Moderation;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Api.Moderation;

/// <param name="Username">Whom.</param>
/// <param name="Category">Why: <c>spam</c>, <c>illegal</c>, <c>rule</c> or <c>other</c>.</param>
/// <param name="Text">What one says.</param>
/// <param name="Rule">The number of the rule that is broken, where that is why.</param>
/// <param name="Posts">Posts of the person, by their ids.</param>
internal sealed record ReportRequest(
    string? Username,
    string? Category = null,
    string? Text = null,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int? Rule = null,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long[]? Posts = null
);

internal sealed record MadeReportResponse(long Id, DateTime CreatedAt)
{
    public static MadeReportResponse From(MadeReport x) => new(x.Id, x.CreatedAt);
}

internal record ReportResponse
{
    public required long Id { get; init; }
    public required UserResponse User { get; init; }
    public required UserResponse? Reporter { get; init; }
    public required string Category { get; init; }
    public required int? Rule { get; init; }
    public required string? Text { get; init; }
    public required int PostsCount { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime? ClosedAt { get; init; }

    /// <summary><c>resolved</c> or <c>dismissed</c>; null while it is open.</summary>
    public required string? Outcome { get; init; }
    public required string? ClosedBy { get; init; }

    public static ReportResponse From(ReportView x) =>
        new()
        {
            Id = x.Id,
            User = UserResponse.From(x.Person),
            Reporter = x.Reporter is null ? null : UserResponse.From(x.Reporter),
            Category = x.Category.ToWord(),
            Rule = x.Rule,
            Text = x.Text,
            PostsCount = x.PostsCount,
            CreatedAt = x.CreatedAt,
            ClosedAt = x.ClosedAt,
            Outcome =
                x.ClosedAt is null ? null
                : x.Dismissed ? ModerationWords.Dismissed
                : ModerationWords.Resolved,
            ClosedBy = x.ClosedBy,
        };
}

/// <summary>A post as it was when it was reported.</summary>
internal sealed record ReportedPostResponse(
    long Id,
    string Text,
    DateTime Date,
    string Visibility,
    bool Exists
)
{
    public static ReportedPostResponse From(ReportedPost x) =>
        new(x.Id, x.Text, x.Date, VisibilityWord.Of(x.Visibility), x.IsThere);
}

/// <summary>Somebody who waits to be approved.</summary>
internal sealed record RegistrationResponse(
    UserResponse User,
    string Email,
    string Reason,
    DateTime CreatedAt
)
{
    public static RegistrationResponse From(RegistrationView x) =>
        new(UserResponse.From(x.User), x.Email, x.Reason, x.CreatedAt);

    /// <summary>Leaves the address and the reason out of logs and messages.</summary>
    public override string ToString() => nameof(RegistrationResponse);
}

/// <summary>How somebody stands.</summary>
internal sealed record PersonResponse(
    UserResponse User,
    string Role,
    DateTime CreatedAt,
    DateTime? SilencedAt,
    DateTime? SuspendedAt,
    DateTime? EraseAt,
    int OpenReports
)
{
    public static PersonResponse From(PersonView x) =>
        new(
            UserResponse.From(x.User),
            x.Role.ToWord(),
            x.CreatedAt,
            x.SilencedAt,
            x.SuspendedAt,
            x.EraseAt,
            x.OpenReports
        );
}

/// <summary>An account that came from where another did, and from how many of the same networks.</summary>
internal sealed record OtherAccountResponse(PersonResponse Person, int NetworksCount, DateTime LastAt)
{
    public static OtherAccountResponse From(OtherAccountView x) =>
        new(PersonResponse.From(x.Person), x.NetworksCount, x.LastAt);
}

/// <summary>What a moderator did to somebody.</summary>
internal sealed record ActionResponse(
    long Id,
    string Action,
    string? By,
    long? ReportId,
    string? Message,
    DateTime CreatedAt,
    DateTime? SeenAt,
    string? Appeal,
    DateTime? AppealedAt,
    string? AppealOutcome
)
{
    public static ActionResponse From(ModerationView x) =>
        new(
            x.Id,
            ModerationWords.Of(x.Kind),
            x.By,
            x.ReportId,
            x.Message,
            x.CreatedAt,
            x.SeenAt,
            x.Appeal,
            x.AppealedAt,
            x.AppealClosedAt is null ? null
                : x.AppealAccepted ? ModerationWords.Accepted
                : ModerationWords.Refused
        );
}

/// <summary>Somebody who asks that what was done to them be looked at again.</summary>
internal sealed record AppealResponse(UserResponse User, ActionResponse Action)
{
    public static AppealResponse From(AppealView x) =>
        new(UserResponse.From(x.Person), ActionResponse.From(x.Action));
}

/// <param name="Text">What one says against it.</param>
internal sealed record AppealRequest(string? Text);

/// <param name="Outcome"><c>accepted</c> or <c>refused</c>.</param>
internal sealed record AppealClosing(string? Outcome);

/// <summary>Who is suspended, and so cannot sign in.</summary>
/// <param name="Username">The user name or e-mail address.</param>
/// <param name="Password">The password.</param>
/// <param name="Otp">A code of the second factor, where the account has one.</param>
/// <param name="Text">What one says against it; null to read why it was done.</param>
/// <param name="Passkey">In place of the three others, a passkey's answer to <c>GET /session/passkey/</c>, as in <c>POST /session/passkey/</c>.</param>
internal sealed record SuspensionRequest(
    string? Username = null,
    string? Password = null,
    string? Otp = null,
    string? Text = null,
    JsonElement? Passkey = null
)
{
    /// <summary>Leaves the password and the code out of logs and messages.</summary>
    public override string ToString() => nameof(SuspensionRequest);
}

/// <summary>A report with what was reported, how the person stands, and what was done to them last.</summary>
internal sealed record WholeReportResponse(
    ReportResponse Report,
    ReportedPostResponse[] Posts,
    PersonResponse Person,
    ActionResponse[] History
)
{
    public static WholeReportResponse From(WholeReport x) =>
        new(
            ReportResponse.From(x.Report),
            [.. x.Posts.Select(ReportedPostResponse.From)],
            PersonResponse.From(x.Person),
            [.. x.History.Items.Select(ActionResponse.From)]
        );
}

/// <param name="Outcome"><c>resolved</c> or <c>dismissed</c>.</param>
internal sealed record ReportClosing(string? Outcome);

/// <param name="Action"><c>warn</c>, <c>delete_posts</c>, <c>silence</c>, <c>unsilence</c>, <c>suspend</c>, <c>restore</c>, <c>note</c>, <c>mark_sensitive</c> or <c>unmark_sensitive</c>.</param>
/// <param name="Message">What one says to the person; of a note, what moderators read.</param>
/// <param name="ReportId">The report that leads to it, which is closed with it.</param>
/// <param name="Posts">The posts that are deleted, or whose pictures are covered.</param>
internal sealed record ActionRequest(
    string? Action,
    string? Message = null,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? ReportId = null,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long[]? Posts = null
);

/// <param name="UpTo">The id of the last that one has taken notice of.</param>
internal sealed record NoticeMark(
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long UpTo
);

/// <summary>The words of moderation.</summary>
internal static class ModerationWords
{
    public const string Resolved = "resolved";
    public const string Dismissed = "dismissed";
    public const string Accepted = "accepted";
    public const string Refused = "refused";

    private static readonly string[] Categories = [.. ReportCategories.Words];

    /// <summary>In the order of the numbers, which begin at 1.</summary>
    private static readonly string[] Actions =
    [
        "warn",
        "delete_posts",
        "silence",
        "unsilence",
        "suspend",
        "restore",
        "note",
        "mark_sensitive",
        "unmark_sensitive",
    ];

    public static string Of(ModerationKind kind) => Actions[(int)kind - 1];

    public static Result<ReportCategory> ParseCategory(string? word) =>
        word is null ? ReportCategory.Other
        : Array.IndexOf(Categories, word) is var place and >= 0 ? (ReportCategory)place
        : Unknown("category", Categories);

    public static Result<ModerationKind> ParseAction(string? word) =>
        Array.IndexOf(Actions, word) is var place and >= 0
            ? (ModerationKind)(place + 1)
            : Unknown("action", Actions);

    /// <summary>Whether nothing was to be done.</summary>
    public static Result<bool> ParseOutcome(string? word) =>
        word is Resolved or Dismissed ? word == Dismissed : Unknown("outcome", [Resolved, Dismissed]);

    /// <summary>Whether an appeal is right.</summary>
    public static Result<bool> ParseDecision(string? word) =>
        word is Accepted or Refused ? word == Accepted : Unknown("outcome", [Accepted, Refused]);

    private static Error Unknown(string field, string[] words) =>
        Error.Invalid(field, "unknown_word", $"{field} is one of {string.Join(", ", words)}.");
}
