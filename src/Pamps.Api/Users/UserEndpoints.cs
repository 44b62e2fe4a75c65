using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Api.OpenApi;
using Pamps.Api.Posts;
using Pamps.Auth;
using Pamps.Core.Follows;
using Pamps.Core.Results;
using Pamps.Core.Timelines;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <summary>Users, their profiles, and who follows whom.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/user").WithTags("user");

        users
            .MapGet("/", ListAsync)
            .Open("ListUsers", "List all users, oldest first")
            .GivesList<UserResponse>();
        users
            .MapPost("/", CreateAsync)
            .Open("CreateUser", "Register a user")
            .GivesNew<UserResponse>()
            .Gives<UserResponse>(202)
            .Refuses(403, 404, 409, 413, 415, 422, 429);
        users
            .MapGet("/{username}/", ReadAsync)
            .Open("ReadProfile", "Read a user's profile")
            .Gives<ProfileResponse>(200, 304)
            .Refuses(404);
        users
            .MapGet("/{username}/followers/", FollowersAsync)
            .Open("ListFollowers", "List who follows a user, the oldest follow first")
            .GivesList<UserResponse>()
            .Refuses(404);
        users
            .MapGet("/{username}/following/", FollowingAsync)
            .Open("ListFollowing", "List whom a user follows, the oldest follow first")
            .GivesList<UserResponse>()
            .Refuses(404);
        users
            .MapPost("/follow/{id}/", FollowAsync)
            .SignedInOnly("FollowUser", "Follow a user, named by id or user name")
            .WithMetadata(ParameterDetail.Text("id"))
            .Gives<FollowResponse>(200, 201, 202)
            .Refuses(403, 404, 422);
        users
            .MapDelete("/follow/{id}/", UnfollowAsync)
            .SignedInOnly("UnfollowUser", "Stop following a user, named by id or user name")
            .WithMetadata(ParameterDetail.Text("id"))
            .Gives(204)
            .Refuses(404);
        users
            .MapGet("/timeline/", TimelineAsync)
            .SignedInOnly("ReadTimeline", "Read the posts of everyone one follows, newest first")
            .GivesList<PostResponse>();
        users
            .MapGet("/me/", ReadMeAsync)
            .SignedInOnly("ReadMe", "Read one's own profile, e-mail address included")
            .Gives<OwnProfileResponse>(200, 304);
        users
            .MapPatch("/me/", EditMeAsync)
            .SignedInOnly(
                "EditProfile",
                "Change one's name, avatar, header, bio, fields, or whether followers are approved by hand"
            )
            .Gives<OwnProfileResponse>(200)
            .Refuses(413, 415, 422);
        users
            .MapPost("/me/password/", ChangePasswordAsync)
            .FreshOnly("ChangePassword", "Change one's password; every other login ends")
            .Gives(204)
            .Refuses(413, 415, 422, 429);
        users
            .MapDelete("/me/", DeleteMeAsync)
            .SignedInOnly(
                "DeleteMe",
                "Delete one's account with its posts, likes and follows; with the password or a fresh token"
            )
            .Gives(204)
            .Refuses(409, 413, 415, 422, 429);
        users
            .MapDelete("/{username}/", DeleteAsync)
            .SignedInOnly("DeleteUser", "Delete a user's account (superusers, with a fresh token)")
            .Gives(204)
            .Refuses(403, 404, 409);
        users
            .MapPatch("/{username}/", ModerateAsync)
            .SignedInOnly(
                "ModerateUser",
                "Say what a user is to the site, or close an account (superusers, with a fresh token)"
            )
            .Gives<AccountResponse>(200)
            .Refuses(403, 404, 409, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListUsers users,
        CancellationToken ct
    ) => (await users.RunAsync(me?.ToViewer(), page.ToRequest(), ct)).ToList(UserResponse.From);

    private static async Task<IResult> CreateAsync(
        Body<UserRequest> body,
        IdempotencyHeader retry,
        CreateUser create,
        HttpContext context,
        CancellationToken ct
    )
    {
        var x = body.Value;
        var user = new NewUser(x.Email, x.Username, x.Password, x.Avatar, x.Bio)
        {
            Invitation = x.Invitation,
            Reason = x.Reason,
            Language = CallerLanguage.Of(context.Request),
            Address = context.Connection.RemoteIpAddress,
            Trap = x.Website,
            FilledIn = x.FilledInMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        };
        var made = await create.RunAsync(
            viewer: null,
            user,
            retry.ToKey(),
            ct,
            CallerNetwork.HashOf(context),
            CallerNetwork.HashForLog(context)
        );
        return !made.IsRefused(out _) && made.Value.Waits
            ? made.ToAccepted(UserResponse.From)
            : made.ToCreated(created => $"/user/{created.Username}/", UserResponse.From);
    }

    private static async Task<IResult> ReadAsync(
        string username,
        SignedIn? me,
        ReadProfile profile,
        CancellationToken ct
    ) => (await profile.RunAsync(me?.ToViewer(), username, ct)).ToOne(ProfileResponse.From);

    private static async Task<IResult> FollowersAsync(
        string username,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListFollows follows,
        CancellationToken ct
    ) =>
        (await follows.FollowersAsync(me?.ToViewer(), username, page.ToRequest(), ct)).ToList(
            UserResponse.From
        );

    private static async Task<IResult> FollowingAsync(
        string username,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListFollows follows,
        CancellationToken ct
    ) =>
        (await follows.FollowingAsync(me?.ToViewer(), username, page.ToRequest(), ct)).ToList(
            UserResponse.From
        );

    private static async Task<IResult> FollowAsync(
        string id,
        SignedIn me,
        IdempotencyHeader retry,
        FollowUser follow,
        CancellationToken ct
    ) =>
        (await follow.RunAsync(me.ToViewer(), id, retry.ToKey(), ct)).ToMade(FollowResponse.Of, x =>
            x.Pending ? StatusCodes.Status202Accepted : null
        );

    private static async Task<IResult> UnfollowAsync(
        string id,
        SignedIn me,
        FollowUser follow,
        CancellationToken ct
    ) => (await follow.UndoAsync(me.ToViewer(), id, ct)).ToNoContent();

    private static async Task<IResult> TimelineAsync(
        [AsParameters] TimelineQuery query,
        [AsParameters] PageQuery page,
        SignedIn me,
        ReadTimeline timeline,
        CancellationToken ct
    ) =>
        (await timeline.RunAsync(me.ToViewer(), query.IsOwn, page.ToRequest(), ct)).ToList(PostResponse.From);

    private static async Task<IResult> ReadMeAsync(SignedIn me, ReadProfile profile, CancellationToken ct) =>
        (await profile.RunForOneselfAsync(me.ToViewer(), ct)).ToOne(OwnProfileResponse.For(me));

    private static async Task<IResult> EditMeAsync(
        Body<ProfileChange> body,
        SignedIn me,
        EditProfile edit,
        CancellationToken ct
    ) => (await edit.RunAsync(me.ToViewer(), body.Value.ToEdit(), ct)).ToOk(OwnProfileResponse.For(me));

    private static Task<IResult> ChangePasswordAsync(
        Body<PasswordChange> body,
        SignedIn me,
        ChangePassword change,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        GuardedPassword.RunAsync(
            throttle,
            me,
            context,
            () =>
                change.RunAsync(me.ToViewer(context), body.Value.CurrentPassword, body.Value.NewPassword, ct),
            Answers.ToNoContent,
            ct
        );

    private static async Task<IResult> DeleteMeAsync(
        Body<OwnDeletion> body,
        SignedIn me,
        DeleteUser delete,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    )
    {
        Task<Result<Done>> DeleteAsync() =>
            delete.RunForOneselfAsync(me.ToViewer(context), body.Value.Password, ct);
        return body.Value.Password is null
            ? (await DeleteAsync()).ToNoContent()
            : await GuardedPassword.RunAsync(throttle, me, context, DeleteAsync, Answers.ToNoContent, ct);
    }

    private static async Task<IResult> DeleteAsync(
        string username,
        SignedIn me,
        DeleteUser delete,
        HttpContext context,
        CancellationToken ct
    ) => (await delete.RunAsync(me.ToViewer(context), username, ct)).ToNoContent();

    private static async Task<IResult> ModerateAsync(
        string username,
        Body<AccountChange> body,
        SignedIn me,
        ModerateUser moderate,
        HttpContext context,
        CancellationToken ct
    )
    {
        var role = RoleWord.Parse(body.Value.Role);
        return role.IsRefused(out var error)
            ? error.ToProblem()
            : (
                await moderate.RunAsync(
                    me.ToViewer(context),
                    username,
                    body.Value.Superuser,
                    role.Value,
                    body.Value.Active,
                    ct
                )
            ).ToOk(AccountResponse.From);
    }
}

/// <summary>The query of the timeline.</summary>
internal sealed class TimelineQuery : ICheckedInput
{
    [FromQuery(Name = "own"), Description("Whether one's own posts are among them; false by default.")]
    public string? Own { get; set; }

    public bool IsOwn => Flag.IsSet(Own);

    public IReadOnlyDictionary<string, FieldError>? Wrong => Flag.Check("own", Own);
}
