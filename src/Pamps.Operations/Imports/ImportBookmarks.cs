using System.Globalization;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Core.Results;

namespace Pamps.Operations.Imports;

/// <summary>
/// Bookmarks posts by their addresses, as whoever brings those would by hand: of this site, and such as they may see. Others are counted.
/// </summary>
internal sealed class ImportBookmarks(BookmarkPost bookmark, PampsOptions options)
{
    /// <summary>More than anybody has.</summary>
    private const int Most = 100_000;

    /// <summary>How many are looked at between two words of it.</summary>
    private const int Step = 50;

    /// <summary>Takes in those of an archive.</summary>
    /// <param name="into">Whose they become.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="where">The file of the addresses, and the property that is the array; null for none.</param>
    /// <param name="tally">Told what came of them.</param>
    /// <param name="tellAsync">Called now and then; says whether to go on.</param>
    /// <param name="ct">Stops between two.</param>
    public async Task<Result<Tally>> RunAsync(
        ImportInto into,
        ForeignFiles archive,
        (string File, string? Property)? where,
        Tally tally,
        Func<Task<bool>> tellAsync,
        CancellationToken ct
    )
    {
        if (where is not var (file, property))
        {
            return tally;
        }
        var viewer = new Viewer(into.UserId, into.Username, Superuser: false, LoginId: 0);
        var (looked, isFull) = (0, false);
        try
        {
            await using var json = archive.Open(file)!;
            await foreach (var item in JsonItems.ReadAsync(json, property, ct))
            {
                looked++;
                if (isFull || looked > Most || LocalPostIn(AddressIn(item.Span), out _) is not { } id)
                {
                    tally.Leave(isFull ? "limit" : "bookmark", name: null);
                    continue;
                }
                if (looked % Step == 0 && !await tellAsync())
                {
                    return tally;
                }
                var done = await RunAsync(viewer, id, ct);
                if (!done.IsRefused(out var error))
                {
                    tally.Bookmarks += done.Value ? 1 : 0;
                    continue;
                }
                isFull = error.Kind == ErrorKind.TooMany;
                if (!isFull && error.Kind != ErrorKind.NotFound)
                {
                    return error;
                }
                tally.Leave(isFull ? "limit" : "bookmark", name: null);
            }
        }
        catch (InvalidDataException)
        {
            // The posts were good; of these what could be read is taken.
        }
        return tally;
    }

    /// <summary>Bookmarks one; whether it was not so before.</summary>
    /// <param name="viewer">Whose it becomes.</param>
    /// <param name="post">What <see cref="LocalPostIn"/> gave.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<bool>> RunAsync(Viewer viewer, string post, CancellationToken ct) =>
        (
            await bookmark.RunAsync(
                viewer,
                long.Parse(post, NumberStyles.None, CultureInfo.InvariantCulture),
                key: null,
                ct
            )
        ).Map(x => x.IsNew);

    /// <summary>The id of the post of this site that has an address (/@NAME/ID), as digits; null when it is none.</summary>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why it is none.</param>
    public string? LocalPostIn(string? address, out string reason)
    {
        reason = "damaged";
        if (
            !Uri.TryCreate(address?.Trim().Trim('"'), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
        )
        {
            return null;
        }
        reason = "elsewhere";
        if (
            options.Site.Origin is not { } origin
            || !string.Equals(uri.Authority, new Uri(origin).Authority, StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }
        reason = "not_here";
        return
            uri.AbsolutePath.Trim('/').Split('/') is [['@', ..], var id]
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? id
            : null;
    }

    private static string? AddressIn(ReadOnlySpan<byte> item)
    {
        var reader = new Utf8JsonReader(item);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
