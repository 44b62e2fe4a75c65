using System.Globalization;
using Pamps.Auth;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.OAuth;

/// <summary>OAuth 2 for programs: Pamps.Auth's endpoints, and who somebody is.</summary>
internal static class OAuthEndpoints
{
    public static void MapOAuth(this RouteGroupBuilder api)
    {
        // Pages of other sites are programs, too. They show no cookie, so there is nothing that the browser must keep from them.
        var open = api.MapGroup("").RequireCors(ApiRoutes.AnyOrigin).WithTags("oauth");
        open.MapPampsOAuth();
        open.MapGet(PampsOAuthEndpoints.UserInfo, ReadUserInfoAsync)
            .SignedInOnly("ReadUserInfo", "Say who let the program in (OpenID Connect Core section 5.3)")
            .Gives<UserInfoResponse>(200)
            .Refuses(403);
        api.MapPampsConsent().WithTags("oauth");
    }

    private static async Task<IResult> ReadUserInfoAsync(
        SignedIn me,
        ReadProfile profiles,
        SiteLinks links,
        HttpRequest request,
        CancellationToken ct
    )
    {
        var profile = await profiles.RunAsync(me.ToViewer(), me.Username, ct);
        return profile.ToOk(x => new UserInfoResponse(
            links.Absolute(request, ""),
            x.User.Id.ToString(CultureInfo.InvariantCulture),
            x.User.DisplayName is { Length: > 0 } name ? name : x.User.Username,
            x.User.Username,
            links.Absolute(request, SiteLinks.User(x.User.Username)),
            links.OfPicture(request, x.User.Avatar)
        ));
    }
}

/// <summary>Who somebody is, in the words of OpenID Connect.</summary>
internal sealed record UserInfoResponse(
    string Iss,
    string Sub,
    string Name,
    string PreferredUsername,
    string Profile,
    string? Picture
);
