using Pamps.Core.Cards;
using Pamps.Core.Media;

namespace Pamps.Api.Posts;

/// <summary>What is shown of the page that a post links to.</summary>
internal sealed record CardResponse(
    string Url,
    string Title,
    string? Description,
    string? SiteName,
    string? Author,
    CardPictureResponse? Picture
)
{
    public static CardResponse? From(CardJson card) =>
        card.Read() is { } x
            ? new(
                x.Url,
                x.Title,
                x.Description,
                x.SiteName,
                x.Author,
                x.Picture is null ? null : CardPictureResponse.From(x.Picture)
            )
            : null;
}

/// <summary>The picture of a card, with an address at this server.</summary>
internal sealed record CardPictureResponse(string Url, int Width, int Height, string Blurhash)
{
    public static CardPictureResponse From(CardPicture x) =>
        new(MediaFileName.AddressOf(x.File), x.Width, x.Height, x.Blurhash);
}
