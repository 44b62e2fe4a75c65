using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

internal sealed class FreshHandler : AuthorizationHandler<FreshRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        FreshRequirement requirement
    )
    {
        if (context.Resource is HttpContext http && http.GetSignedIn() is { } signedIn)
        {
            if (signedIn.Fresh || signedIn.Superuser)
            {
                context.Succeed(requirement);
            }
            else
            {
                http.Features.Set(new NotFresh());
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>Tells the scheme, which is only asked to forbid, why.</summary>
internal sealed class NotFresh;
