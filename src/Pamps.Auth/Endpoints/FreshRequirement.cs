using Microsoft.AspNetCore.Authorization;

namespace Pamps.Auth;

internal sealed class FreshRequirement : IAuthorizationRequirement;
