using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Invitations;

/// <summary>Invitations to register.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this RouteGroupBuilder api)
    {
        var invitations = api.MapGroup("/invitation").WithTags("user");
        invitations
            .MapPost("/", MakeAsync)
            .SignedInOnly(
                "MakeInvitation",
                "Invite people to register (superusers, or everybody where the site says so)"
            )
            .GivesNew<InvitationResponse>()
            .Refuses(403, 409, 413, 415, 422);
        invitations
            .MapGet("/", ListAsync)
            .SignedInOnly("ListInvitations", "List one's invitations, the newest first")
            .GivesList<InvitationResponse>();
        invitations
            .MapGet("/given/", ReadGivenAsync)
            .Open(
                "ReadGivenInvitation",
                "Read an invitation that one was given, and who invites; the code is in a header, which no log keeps"
            )
            .Gives<GivenInvitationResponse>(200)
            .Refuses(404);
        invitations
            .MapGet("/{code}/", ReadAsync)
            .Open("ReadInvitation", "Read an invitation that one was given, and who invites")
            .Gives<GivenInvitationResponse>(200, 304)
            .Refuses(404);
        invitations
            .MapDelete("/{id}/", EndAsync)
            .SignedInOnly("EndInvitation", "End an invitation: nobody registers with it any more")
            .Gives(204)
            .Refuses(404, 422);
    }

    private static async Task<IResult> MakeAsync(
        Body<InvitationRequest> body,
        SignedIn me,
        Invite invite,
        PampsOptions options,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await invite.RunAsync(me.ToViewer(context), body.Value.Uses, body.Value.Days, ct)).ToCreated(
            x => $"/invitation/{x.Code}/",
            InvitationResponse.At(options.Site.Origin)
        );

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        Invite invite,
        PampsOptions options,
        CancellationToken ct
    ) =>
        (await invite.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(
            InvitationResponse.At(options.Site.Origin)
        );

    private static async Task<IResult> ReadAsync(string code, ReadInvitation read, CancellationToken ct) =>
        (await read.RunAsync(code, ct)).ToOne(GivenInvitationResponse.From);

    private static async Task<IResult> ReadGivenAsync(
        [FromHeader(Name = "Pamps-Invitation"), Description("The code of the invitation.")] string? code,
        ReadInvitation read,
        CancellationToken ct
    ) => (await read.RunAsync(code ?? "", ct)).ToOk(GivenInvitationResponse.From);

    private static async Task<IResult> EndAsync(
        PostId id,
        SignedIn me,
        Invite invite,
        CancellationToken ct
    ) => (await invite.UndoAsync(me.ToViewer(), id.Value, ct)).ToNoContent();
}
