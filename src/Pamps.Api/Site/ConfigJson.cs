using System.Reflection;
using Pamps.Core;
using Pamps.Core.Media;

namespace Pamps.Api.Site;

internal sealed record ConfigResponse(
    string Name,
    string? Description,
    string Version,
    int PostMaxLength,
    int PasswordMinLength,
    bool Mail,
    bool ConfirmEmail,
    string Registration,
    bool MembersInvite,
    MediaConfig Media
)
{
    /// <summary>The version without the commit that a build may add to it.</summary>
    private static readonly string Own = typeof(ConfigResponse)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public static ConfigResponse From(PampsOptions x, IPictureMaker maker) =>
        new(
            x.Site.Name,
            x.Site.Description.Length > 0 ? x.Site.Description : null,
            Own,
            x.Posts.MaxLength,
            x.Security.PasswordMinLength,
            x.Mail.IsSet,
            x.Site.ConfirmEmail && x.Mail.IsSet,
            x.Site.Registration,
            x.Site.MembersInvite,
            MediaConfig.From(x.Media, maker)
        );
}

/// <summary>Which pictures are taken; of no type where none are.</summary>
internal sealed record MediaConfig(
    IReadOnlyList<string> Types,
    long MaxBytes,
    int MaxPerPost,
    int DescriptionMaxLength,
    long? QuotaBytes
)
{
    public static MediaConfig From(MediaOptions x, IPictureMaker maker) =>
        new(maker.MediaTypes, x.MaxBytes, OwnMedia.MostPerPost, OwnMedia.MaxDescription, x.QuotaBytes);
}
