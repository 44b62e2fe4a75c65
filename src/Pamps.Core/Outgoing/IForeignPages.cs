namespace Pamps.Core.Outgoing;

/// <summary>
/// Asks pages of other sites what they say of themselves. Who gives an address may be anybody: the implementation sees to it that
/// nobody is asked but the public internet, and not for long.
/// </summary>
public interface IForeignPages
{
    /// <summary>What a page says of itself, as it says it: any text of any length.</summary>
    /// <param name="address">Where it is, http or https.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is no such page, or none that may be asked.</returns>
    Task<ForeignPage?> ReadAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Copies a picture, of which nothing is known but that it was said to be one.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="into">Where it is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there is anything.</returns>
    Task<bool> CopyAsync(Uri address, Stream into, CancellationToken cancellationToken);
}

/// <summary>What a page says of itself.</summary>
/// <param name="Title">What it is called; or null.</param>
/// <param name="Description">What it is about; or null.</param>
/// <param name="SiteName">Of which site it is; or null.</param>
/// <param name="Author">Who wrote it; or null.</param>
/// <param name="Picture">Where its picture is; or null.</param>
public sealed record ForeignPage(
    string? Title,
    string? Description,
    string? SiteName,
    string? Author,
    Uri? Picture
);
