using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Users;

/// <summary>The rules for what a person says of themselves.</summary>
internal static class Profiles
{
    public const int MaxBioLength = 500;
    public const int MaxAvatarLength = 2048;

    public static Result<string?> CheckBio(string? bio) =>
        bio is null ? (string?)null : PlainText.Normalize("bio", bio, 0, MaxBioLength).Map(x => (string?)x);

    public static Result<string?> CheckAvatar(string? avatar)
    {
        if (avatar is null)
        {
            return (string?)null;
        }
        var isWebAddress =
            avatar.Length <= MaxAvatarLength
            && !avatar.Any(x => char.IsControl(x) || char.IsWhiteSpace(x) || char.IsSurrogate(x))
            && Uri.TryCreate(avatar, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0
            && uri.UserInfo.Length == 0;
        return isWebAddress
            ? avatar
            : Error.Invalid(
                "avatar",
                "not_a_web_address",
                "An avatar is an absolute http or https URL of at most 2048 characters.",
                most: MaxAvatarLength
            );
    }
}
