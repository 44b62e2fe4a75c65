using Pamps.Core.Outgoing;

namespace Pamps.Outgoing;

/// <summary>What a page says of itself in its head.</summary>
/// <param name="Title">What it is called where it is shown elsewhere; or null.</param>
/// <param name="OwnTitle">What the page itself is called; or null.</param>
/// <param name="Description">What it is about; or null.</param>
/// <param name="SiteName">Of which site it is; or null.</param>
/// <param name="Author">Who wrote it; or null.</param>
/// <param name="Picture">Where its picture is; or null.</param>
/// <param name="OEmbed">Where more is said of it (https://oembed.com); or null.</param>
internal sealed record PageWords(
    string? Title,
    string? OwnTitle,
    string? Description,
    string? SiteName,
    string? Author,
    Uri? Picture,
    Uri? OEmbed
)
{
    /// <summary>Whether it leaves out something that oEmbed may tell.</summary>
    public bool IsShort => Title is null || Author is null || Picture is null;

    /// <summary>With what is said of it elsewhere, where it says nothing itself.</summary>
    public ForeignPage With(OEmbedWords? other) =>
        new(
            Title ?? other?.Title ?? OwnTitle,
            Description,
            SiteName ?? other?.Provider,
            Author ?? other?.Author,
            Picture ?? other?.Thumbnail
        );
}
