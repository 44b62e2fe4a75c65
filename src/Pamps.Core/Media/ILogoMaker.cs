using Pamps.Core.Results;

namespace Pamps.Core.Media;

/// <summary>Draws a site's own logo in the sizes in which browsers and phones ask for it.</summary>
public interface ILogoMaker
{
    /// <summary>Draws it anew, as a square with room around what is none.</summary>
    /// <param name="picture">A picture of one of <see cref="IPictureMaker.MediaTypes"/>, whatever it is called.</param>
    /// <returns>The icons; refused as <see cref="IPictureMaker.Make"/> refuses.</returns>
    Result<LogoIcons> Make(byte[] picture);
}

/// <summary>A site's logo as PNG.</summary>
/// <param name="Small">96 pixels wide, for the navigation and a browser's tab.</param>
/// <param name="Medium">192 pixels wide.</param>
/// <param name="Large">512 pixels wide.</param>
/// <param name="Maskable">512 pixels wide, of which a phone may cut off what is outside the circle in the middle.</param>
/// <param name="Apple">180 pixels wide; what is transparent is white.</param>
public sealed record LogoIcons(byte[] Small, byte[] Medium, byte[] Large, byte[] Maskable, byte[] Apple);
