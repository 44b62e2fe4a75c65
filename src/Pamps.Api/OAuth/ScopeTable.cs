using System.Collections.Frozen;
using Microsoft.AspNetCore.Routing;
using Pamps.Auth;

namespace Pamps.Api.OAuth;

/// <summary>
/// What a program must have been allowed to call which endpoint, by the endpoint's name. What is not named here no program calls, whatever
/// it was allowed: passwords, second factors, e-mail addresses, logins, the end of the account, invitations, moderation and consent itself.
/// </summary>
internal static class ScopeTable
{
    private static readonly FrozenDictionary<string, string> Needed = new (string Scope, string Names)[]
    {
        ("profile", "ReadUserInfo"),
        ("read", "Listen"),
        ("read:accounts", "ListUsers ReadProfile ListFollowers ListFollowing ReadMe ReadConfig"),
        ("read:blocks", "ListBlocks"),
        ("read:filters", "ListFilters ReadFilter"),
        ("read:follows", "ListFollowRequests"),
        ("read:mutes", "ListMutes"),
        (
            "read:notifications",
            "ListNotifications CountUnreadNotifications ReadNotificationPolicy ListAside ReadAside ListAccepted"
        ),
        ("read:search", "Search CompleteTag"),
        (
            "read:statuses",
            "ListPosts ListDirectPosts ReadPost ListReplies ReadAncestors ListPostsOfUser ListPinnedPosts ListLikers "
                + "ListPostsWithTag ReadTimeline"
        ),
        ("read:bookmarks", "ListBookmarks"),
        ("read:favourites", "ListLikedPosts"),
        ("write:accounts", "EditProfile PinPost UnpinPost"),
        ("write:blocks", "BlockUser UnblockUser"),
        ("write:bookmarks", "BookmarkPost UnbookmarkPost"),
        ("write:favourites", "LikePost UnlikePost"),
        ("write:filters", "MakeFilter ChangeFilter DeleteFilter"),
        ("write:follows", "FollowUser UnfollowUser AcceptFollowRequest RejectFollowRequest"),
        ("write:media", "UploadMedia ReadMedia ChangeMedia DeleteMedia"),
        ("write:mutes", "MuteUser UnmuteUser"),
        (
            "write:notifications",
            "MarkNotificationsRead ChangeNotificationPolicy AcceptAside DismissAside UndoAccept"
        ),
        ("write:reports", "ReportUser"),
        ("write:statuses", "CreatePost ReplacePost EditPost DeletePost"),
    }
        .SelectMany(x => x.Names.Split(' ').Select(name => (Name: name, x.Scope)))
        .ToFrozenDictionary(x => x.Name, x => x.Scope);

    /// <summary>Says of each endpoint of the group what a program must have been allowed.</summary>
    public static void AllowScopes(this RouteGroupBuilder api) =>
        ((IEndpointConventionBuilder)api).Finally(endpoint =>
        {
            var name = endpoint.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;
            if (name is not null && Needed.TryGetValue(name, out var scope))
            {
                endpoint.Metadata.Add(new ScopeMetadata(scope));
            }
        });
}
