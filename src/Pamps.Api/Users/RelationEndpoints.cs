using Pamps.Auth;
using Pamps.Core.Blocks;
using Pamps.Core.Follows;
using Pamps.Core.Mutes;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <summary>Blocks, mutes, and who asks to follow.</summary>
internal static class RelationEndpoints
{
    public static void MapRelations(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/user").WithTags("user");

        users
            .MapPost("/block/{name}/", BlockAsync)
            .SignedInOnly(
                "BlockUser",
                "Block a user: each is hidden from the other, and follows end both ways"
            )
            .Gives<BlockResponse>(200, 201)
            .Refuses(404, 422);
        users
            .MapDelete("/block/{name}/", UnblockAsync)
            .SignedInOnly("UnblockUser", "End a block; follows do not come back")
            .Gives(204)
            .Refuses(404);
        users
            .MapGet("/blocks/", BlocksAsync)
            .SignedInOnly("ListBlocks", "List whom one blocks, the newest block first")
            .GivesList<UserResponse>();
        users
            .MapPost("/mute/{name}/", MuteAsync)
            .SignedInOnly("MuteUser", "Mute a user, who is not told; or change for how long")
            .Gives<MuteResponse>(200, 201)
            .Refuses(404, 413, 415, 422);
        users
            .MapDelete("/mute/{name}/", UnmuteAsync)
            .SignedInOnly("UnmuteUser", "End a mute")
            .Gives(204)
            .Refuses(404);
        users
            .MapGet("/mutes/", MutesAsync)
            .SignedInOnly("ListMutes", "List whom one has muted, the newest mute first")
            .GivesList<MutedUserResponse>();
        users
            .MapGet("/follow_requests/", RequestsAsync)
            .SignedInOnly("ListFollowRequests", "List who asks to follow one, the oldest request first")
            .GivesList<UserResponse>();
        users
            .MapPost("/follow_requests/{name}/accept/", AcceptAsync)
            .SignedInOnly("AcceptFollowRequest", "Let somebody follow one who asks to")
            .Gives(204)
            .Refuses(404);
        users
            .MapPost("/follow_requests/{name}/reject/", RejectAsync)
            .SignedInOnly(
                "RejectFollowRequest",
                "Do not let somebody follow one who asks to; they are not told"
            )
            .Gives(204)
            .Refuses(404);
    }

    private static async Task<IResult> BlockAsync(
        string name,
        SignedIn me,
        IdempotencyHeader retry,
        BlockUser block,
        CancellationToken ct
    ) => (await block.RunAsync(me.ToViewer(), name, retry.ToKey(), ct)).ToMade(BlockResponse.Of);

    private static async Task<IResult> UnblockAsync(
        string name,
        SignedIn me,
        BlockUser block,
        CancellationToken ct
    ) => (await block.UndoAsync(me.ToViewer(), name, ct)).ToNoContent();

    private static async Task<IResult> BlocksAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        BlockUser block,
        CancellationToken ct
    ) => (await block.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(UserResponse.From);

    private static async Task<IResult> MuteAsync(
        string name,
        Body<MuteRequest> body,
        SignedIn me,
        IdempotencyHeader retry,
        MuteUser mute,
        CancellationToken ct
    )
    {
        var x = body.Value;
        return (
            await mute.RunAsync(me.ToViewer(), name, x.Duration, x.Notifications, retry.ToKey(), ct)
        ).ToMade(MuteResponse.Of);
    }

    private static async Task<IResult> UnmuteAsync(
        string name,
        SignedIn me,
        MuteUser mute,
        CancellationToken ct
    ) => (await mute.UndoAsync(me.ToViewer(), name, ct)).ToNoContent();

    private static async Task<IResult> MutesAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        MuteUser mute,
        CancellationToken ct
    ) => (await mute.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(MutedUserResponse.From);

    private static async Task<IResult> RequestsAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        FollowRequests requests,
        CancellationToken ct
    ) => (await requests.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(UserResponse.From);

    private static async Task<IResult> AcceptAsync(
        string name,
        SignedIn me,
        FollowRequests requests,
        CancellationToken ct
    ) => (await requests.AcceptAsync(me.ToViewer(), name, ct)).ToNoContent();

    private static async Task<IResult> RejectAsync(
        string name,
        SignedIn me,
        FollowRequests requests,
        CancellationToken ct
    ) => (await requests.RejectAsync(me.ToViewer(), name, ct)).ToNoContent();
}
