using System.Globalization;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Users;

/// <summary>The rules for what a person says of themselves.</summary>
internal static class Profiles
{
    public const int MaxBioLength = 500;

    public const int MaxDisplayNameLength = 40;

    /// <summary>Null for none, and for one of which nothing is seen.</summary>
    public static Result<string?> CheckDisplayName(string? name) =>
        name is null
            ? (string?)null
            : OneLine
                .Normalize("display_name", name, 0, MaxDisplayNameLength)
                .Map(x => x.Length > 0 ? x : null);

    public static Result<string?> CheckBio(string? bio) =>
        bio is null ? (string?)null : PlainText.Normalize("bio", bio, 0, MaxBioLength).Map(x => (string?)x);

    /// <summary>An address that every reader's browser asks for, so none of the reader's own machine or network.</summary>
    public static Result<string?> CheckAvatar(string? avatar)
    {
        if (avatar is null)
        {
            return (string?)null;
        }
        var isWebAddress =
            WebAddress.IsPublic(avatar)
            && WebAddress.IsLink(avatar)
            && !avatar.Any(x =>
                char.IsControl(x)
                || char.IsWhiteSpace(x)
                || char.IsSurrogate(x)
                // No address has what Unicode keeps free of characters (RFC 3987, section 2.2).
                || x is '\uFFFE' or '\uFFFF' or (>= '\uFDD0' and <= '\uFDEF')
            );
        return isWebAddress ? avatar : NoAvatar;
    }

    /// <summary>The refusal of what is no address of an avatar.</summary>
    public static Error NoAvatar { get; } =
        Error.Invalid(
            "avatar",
            "not_a_web_address",
            string.Create(
                CultureInfo.InvariantCulture,
                $"An avatar is an https URL of at most {WebAddress.MaxLength} characters, on a host that has a name on the internet."
            ),
            most: WebAddress.MaxLength
        );
}
