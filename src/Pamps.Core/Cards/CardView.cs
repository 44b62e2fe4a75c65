namespace Pamps.Core.Cards;

/// <summary>What is shown of the page that a post links to.</summary>
/// <param name="Url">The page's address.</param>
/// <param name="Title">What it is called, in one line of at most 200 characters.</param>
/// <param name="Description">What it is about, in one line of at most 300 characters; or null.</param>
/// <param name="SiteName">What its site calls itself, in one line of at most 60 characters; or null.</param>
/// <param name="Author">Who wrote it, in one line of at most 80 characters; or null.</param>
/// <param name="Picture">Its picture; or null.</param>
public sealed record CardView(
    string Url,
    string Title,
    string? Description,
    string? SiteName,
    string? Author,
    CardPicture? Picture
);

/// <summary>The picture of a card: this server's own copy.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Blurhash">What it looks like in few letters.</param>
public sealed record CardPicture(string File, int Width, int Height, string Blurhash);
