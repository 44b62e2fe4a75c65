using System.Reflection;
using Pamps.Auth;
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
    bool Passkeys,
    MediaConfig Media
)
{
    /// <summary>The version without the commit that a build may add to it.</summary>
    private static readonly string Own = typeof(ConfigResponse)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public static ConfigResponse From(PampsOptions x, IPictureMaker maker, IRecordingMaker recordings) =>
        new(
            x.Site.Name,
            x.Site.Description.Length > 0 ? x.Site.Description : null,
            Own,
            x.Posts.MaxLength,
            x.Security.PasswordMinLength,
            x.Mail.IsSet,
            x.ConfirmsEmail,
            x.Site.Registration,
            x.Site.MembersInvite,
            PasskeyOrigin.Parse(x.Site.Origin) is not null,
            MediaConfig.From(x.Media, maker, recordings)
        );
}

/// <summary>Which pictures are taken; of no type where none are.</summary>
/// <param name="Types">The types of pictures.</param>
/// <param name="MaxBytes">How large one may be.</param>
/// <param name="MaxPerPost">How many a post shows, whatever they are.</param>
/// <param name="DescriptionMaxLength">How long a description may be.</param>
/// <param name="QuotaBytes">How much room a person has; null for any.</param>
/// <param name="Video">Which video is taken; null where none is.</param>
/// <param name="Audio">The same of audio.</param>
internal sealed record MediaConfig(
    IReadOnlyList<string> Types,
    long MaxBytes,
    int MaxPerPost,
    int DescriptionMaxLength,
    long? QuotaBytes,
    RecordingConfig? Video,
    RecordingConfig? Audio
)
{
    public static MediaConfig From(MediaOptions x, IPictureMaker maker, IRecordingMaker recordings) =>
        new(
            maker.MediaTypes,
            x.MaxBytes,
            OwnMedia.MostPerPost,
            OwnMedia.MaxDescription,
            x.QuotaBytes,
            RecordingConfig.From(recordings.VideoTypes, x.MaxRecordingBytes, x.VideoSeconds),
            RecordingConfig.From(recordings.AudioTypes, x.MaxRecordingBytes, x.AudioSeconds)
        );
}

/// <summary>Which video or audio is taken.</summary>
internal sealed record RecordingConfig(IReadOnlyList<string> Types, long MaxBytes, int MaxSeconds)
{
    public static RecordingConfig? From(IReadOnlyList<string> types, long maxBytes, int maxSeconds) =>
        types.Count == 0 ? null : new(types, maxBytes, maxSeconds);
}
