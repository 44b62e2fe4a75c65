using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Cards;

/// <summary>The pictures of cards: drawn anew and kept as uploads are, in the size that lists show. They count for nobody's room but the site's.</summary>
internal sealed class CardPictures(ForeignPictures pictures, KeepFiles files)
{
    /// <summary>Keeps a copy of a picture with the row that names it.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="keep">Leaves it to the commit that the row names it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Whether it is kept: not what is no picture, or one too many or too large, and then the row is as it was.</returns>
    public async Task<bool> KeepAsync(
        Uri address,
        Func<Write, CardPicture, Task<Result<Done>>> keep,
        CancellationToken ct
    )
    {
        try
        {
            if (await pictures.DrawAsync(address, ct) is not { } made)
            {
                return false;
            }
            var picture = new CardPicture(
                MediaFileName.Of(made.Preview),
                made.PreviewWidth,
                made.PreviewHeight,
                made.Blurhash
            );
            var kept = await files.RunAsync(
                viewer: null,
                allowance: null,
                [(picture.File, made.Preview)],
                lockedUser: null,
                write => keep(write, picture),
                ct
            );
            return !kept.IsRefused(out _);
        }
        catch (IOException)
        {
            // The disk is full, or gone.
            return false;
        }
    }

    /// <summary>Leaves it to the commit to have a card's picture looked at, which the card has no more then; null where there is none.</summary>
    public static void Leave(Write write, string? file)
    {
        if (file is not null)
        {
            write.Then(
                new Statement(
                    "UPDATE media_file SET unused_since = @now WHERE name = @file",
                    ("now", write.Now),
                    ("file", file)
                )
            );
            DropFiles.Ask(write);
        }
    }
}
