using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Moderation;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Moderation;

/// <summary>Reports, what moderators do about them, and what one is told of that.</summary>
internal static class ModerationEndpoints
{
    public static void MapModeration(this RouteGroupBuilder api)
    {
        api.MapPost("/report/", ReportAsync)
            .WithTags("moderation")
            .SignedInOnly("ReportUser", "Report a user to the moderators, with up to 10 of their posts")
            .Gives<MadeReportResponse>(200, 201)
            .Refuses(404, 413, 415, 422);

        var notices = api.MapGroup("/user/me/notices").WithTags("moderation");
        notices
            .MapGet("/", NoticesAsync)
            .SignedInOnly("ListNotices", "List what moderators did to oneself, newest first")
            .GivesList<ActionResponse>();
        notices
            .MapPost("/seen/", SeenAsync)
            .SignedInOnly("MarkNoticesSeen", "Take notice of it, up to an id")
            .Gives(204)
            .Refuses(413, 415, 422);

        var moderation = api.MapGroup("/moderation").WithTags("moderation");
        moderation
            .MapGet("/report/", ListAsync)
            .SignedInOnly(
                "ListReports",
                "List the open reports, oldest first, or the closed ones, newest first (moderators)"
            )
            .GivesList<ReportResponse>()
            .Refuses(403);
        moderation
            .MapGet("/report/{id}/", ReadAsync)
            .SignedInOnly("ReadReport", "Read a report with what was reported as it was then (moderators)")
            .Gives<WholeReportResponse>(200, 304)
            .Refuses(403, 404, 422);
        moderation
            .MapPost("/report/{id}/close/", CloseAsync)
            .SignedInOnly("CloseReport", "Be done with a report (moderators)")
            .Gives(204)
            .Refuses(403, 404, 409, 413, 415, 422);
        moderation
            .MapGet("/registration/", RegistrationsAsync)
            .SignedInOnly(
                "ListRegistrations",
                "List who has registered and waits to be approved, the longest first (moderators)"
            )
            .GivesList<RegistrationResponse>()
            .Refuses(403);
        moderation
            .MapPost("/registration/{username}/approve/", ApproveAsync)
            .SignedInOnly("ApproveRegistration", "Let in who has registered (moderators)")
            .Gives(204)
            .Refuses(403, 404);
        moderation
            .MapPost("/registration/{username}/refuse/", RefuseAsync)
            .SignedInOnly(
                "RefuseRegistration",
                "Refuse who has registered: the account goes, and its name is free (moderators)"
            )
            .Gives(204)
            .Refuses(403, 404);
        moderation
            .MapGet("/user/{username}/", PersonAsync)
            .SignedInOnly("ReadModeratedUser", "Read how a user stands (moderators)")
            .Gives<PersonResponse>(200, 304)
            .Refuses(403, 404);
        moderation
            .MapGet("/user/{username}/accounts/", AccountsAsync)
            .SignedInOnly(
                "ListOtherAccounts",
                "List up to 50 accounts that came from the same networks as a user's (moderators); that it was asked is logged"
            )
            .Gives<OtherAccountResponse[]>(200)
            .Refuses(403, 404);
        moderation
            .MapGet("/user/{username}/action/", HistoryAsync)
            .SignedInOnly("ListActions", "List what was done to a user, newest first (moderators)")
            .GivesList<ActionResponse>()
            .Refuses(403, 404);
        moderation
            .MapPost("/user/{username}/action/", ActAsync)
            .SignedInOnly(
                "ActOnUser",
                "Warn, silence, suspend or restore a user, or delete or cover posts of theirs (moderators)"
            )
            .Gives<ActionResponse>(200)
            .Refuses(403, 404, 409, 413, 415, 422);
    }

    private static async Task<IResult> ReportAsync(
        Body<ReportRequest> body,
        SignedIn me,
        ReportPerson report,
        CancellationToken ct
    )
    {
        var x = body.Value;
        var category = ModerationWords.ParseCategory(x.Category);
        return category.IsRefused(out var error)
            ? error.ToProblem()
            : (
                await report.RunAsync(
                    me.ToViewer(),
                    x.Username ?? "",
                    category.Value,
                    x.Rule,
                    x.Text,
                    x.Posts,
                    ct
                )
            ).ToMade(MadeReportResponse.From);
    }

    private static async Task<IResult> NoticesAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        ReadNotices notices,
        CancellationToken ct
    ) => (await notices.RunAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(ActionResponse.From);

    private static async Task<IResult> SeenAsync(
        Body<NoticeMark> body,
        SignedIn me,
        ReadNotices notices,
        CancellationToken ct
    ) => (await notices.MarkAsync(me.ToViewer(), body.Value.UpTo, ct)).ToNoContent();

    private static async Task<IResult> ListAsync(
        [AsParameters] ReportQuery query,
        [AsParameters] PageQuery page,
        SignedIn me,
        ReadReports reports,
        CancellationToken ct
    ) =>
        (await reports.ListAsync(me.ToViewer(), !query.IsClosed, page.ToRequest(), ct)).ToList(
            ReportResponse.From
        );

    private static async Task<IResult> ReadAsync(
        PostId id,
        SignedIn me,
        ReadReports reports,
        CancellationToken ct
    ) => (await reports.OneAsync(me.ToViewer(), id.Value, ct)).ToOne(WholeReportResponse.From);

    private static async Task<IResult> CloseAsync(
        PostId id,
        Body<ReportClosing> body,
        SignedIn me,
        CloseReport close,
        HttpContext context,
        CancellationToken ct
    )
    {
        var dismissed = ModerationWords.ParseOutcome(body.Value.Outcome);
        return dismissed.IsRefused(out var error)
            ? error.ToProblem()
            : (await close.RunAsync(me.ToViewer(context), id.Value, dismissed.Value, ct)).ToNoContent();
    }

    private static async Task<IResult> RegistrationsAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        ApproveRegistration approve,
        CancellationToken ct
    ) => (await approve.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(RegistrationResponse.From);

    private static async Task<IResult> ApproveAsync(
        string username,
        SignedIn me,
        ApproveRegistration approve,
        HttpContext context,
        CancellationToken ct
    ) => (await approve.RunAsync(me.ToViewer(context), username, ct)).ToNoContent();

    private static async Task<IResult> RefuseAsync(
        string username,
        SignedIn me,
        ApproveRegistration approve,
        HttpContext context,
        CancellationToken ct
    ) => (await approve.UndoAsync(me.ToViewer(context), username, ct)).ToNoContent();

    private static async Task<IResult> PersonAsync(
        string username,
        SignedIn me,
        ReadReports reports,
        CancellationToken ct
    ) => (await reports.PersonAsync(me.ToViewer(), username, ct)).ToOne(PersonResponse.From);

    private static async Task<IResult> AccountsAsync(
        string username,
        SignedIn me,
        FindOtherAccounts find,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await find.RunAsync(me.ToViewer(context), username, ct)).ToOk(x =>
            x.Select(OtherAccountResponse.From).ToArray()
        );

    private static async Task<IResult> HistoryAsync(
        string username,
        [AsParameters] PageQuery page,
        SignedIn me,
        ReadReports reports,
        CancellationToken ct
    ) =>
        (await reports.HistoryAsync(me.ToViewer(), username, page.ToRequest(), ct)).ToList(
            ActionResponse.From
        );

    private static async Task<IResult> ActAsync(
        string username,
        Body<ActionRequest> body,
        SignedIn me,
        ModeratePerson moderate,
        HttpContext context,
        CancellationToken ct
    )
    {
        var x = body.Value;
        var kind = ModerationWords.ParseAction(x.Action);
        if (kind.IsRefused(out var error))
        {
            return error.ToProblem();
        }
        var order = new ModerationOrder(kind.Value)
        {
            Message = x.Message,
            ReportId = x.ReportId,
            PostIds = x.Posts ?? [],
        };
        return (await moderate.RunAsync(me.ToViewer(context), username, order, ct)).ToOk(ActionResponse.From);
    }
}

/// <summary>The query of the list of reports.</summary>
internal sealed class ReportQuery : ICheckedInput
{
    [FromQuery(Name = "closed"), Description("Whether those that are closed are listed; false by default.")]
    public string? Closed { get; set; }

    public bool IsClosed => Flag.IsSet(Closed);

    public IReadOnlyDictionary<string, FieldError>? Wrong => Flag.Check("closed", Closed);
}
