using System.Reflection;
using Pamps.Core;

namespace Pamps.Api.Site;

internal sealed record ConfigResponse(
    string Name,
    string? Description,
    string Version,
    int PostMaxLength,
    int PasswordMinLength
)
{
    /// <summary>The version without the commit that a build may add to it.</summary>
    private static readonly string Own = typeof(ConfigResponse)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public static ConfigResponse From(PampsOptions x) =>
        new(
            x.Site.Name,
            x.Site.Description.Length > 0 ? x.Site.Description : null,
            Own,
            x.Posts.MaxLength,
            x.Security.PasswordMinLength
        );
}
