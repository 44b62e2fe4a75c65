using Pamps.Core.Filters;
using Pamps.Core.Reads;

namespace Pamps.Core.Posts;

/// <summary>
/// The one place where people's filters are applied: whatever lists posts for somebody passes them through here, and a test looks for what does
/// not. Nobody's own posts are filtered.
/// </summary>
/// <remarks>
/// It comes after the page was read, since no database folds words as search does. What is hidden is left out of the page, whose cursors are those
/// of the rows that were read: so a page may be shorter than asked for, or empty, and goes on where it would have without filters.
/// </remarks>
internal sealed class FilterPosts(KnownFilters known, TimeProvider time)
{
    /// <summary>The page as the viewer's filters leave it.</summary>
    public ValueTask<Page<PostView>> PageAsync(
        Viewer? viewer,
        FilterPlaces place,
        Page<PostView> page,
        CancellationToken ct
    ) => PageAsync(viewer, place, page, x => x, (_, post) => post, ct);

    /// <summary>The same of what shows a post, or none.</summary>
    /// <param name="viewer">Whose filters.</param>
    /// <param name="place">Where it is shown.</param>
    /// <param name="page">The page.</param>
    /// <param name="postOf">The post that one shows; null for none.</param>
    /// <param name="with">The same with another post.</param>
    /// <param name="ct">Gives up.</param>
    public async ValueTask<Page<T>> PageAsync<T>(
        Viewer? viewer,
        FilterPlaces place,
        Page<T> page,
        Func<T, PostView?> postOf,
        Func<T, PostView, T> with,
        CancellationToken ct
    )
        where T : class
    {
        if (viewer is null or { FiltersVersion: 0 } || page.Items.Count == 0)
        {
            return page;
        }
        var filters = await known.OfAsync(viewer, ct);
        return page with
        {
            Items =
            [
                .. page.Items.Select(x => Ready(place, x, postOf, with)(filters, viewer.Id)).OfType<T>(),
            ],
        };
    }

    /// <summary>
    /// A post that the viewer asked for by its address: they know of it, as of one whose author they have muted. So it is folded, whatever the
    /// filter does in lists.
    /// </summary>
    public async ValueTask<PostView> OneAsync(Viewer? viewer, PostView post, CancellationToken ct)
    {
        if (viewer is null or { FiltersVersion: 0 } || post.Author.Id == viewer.Id)
        {
            return post;
        }
        var filters = await known.OfAsync(viewer, ct);
        return
            Look(filters, FilterPlaces.Thread, FoldedTextsOf(post), mayHide: false)
                is { Matches: { Count: > 0 } matches }
            ? post with
            {
                Filtered = matches,
            }
            : post;
    }

    /// <summary>Whether somebody's filters hide some of what is shown there.</summary>
    public async ValueTask<bool> HidesAsync(Viewer viewer, FilterPlaces place, CancellationToken ct) =>
        (await known.OfAsync(viewer, ct)).HidesIn(place, time.Now());

    /// <summary>
    /// Makes ready what shows a post for the filters of many, so that its texts are folded once: what they leave of it for a viewer, null when
    /// they hide it.
    /// </summary>
    public Func<FilterSet, long, T?> Ready<T>(
        FilterPlaces place,
        T what,
        Func<T, PostView?> postOf,
        Func<T, PostView, T> with
    )
        where T : class
    {
        if (postOf(what) is not { } post)
        {
            return (_, _) => what;
        }
        var texts = FoldedTextsOf(post);
        return (filters, viewerId) =>
            post.Author.Id == viewerId ? what
            : Look(filters, place, texts, mayHide: true) is var found && found.IsHidden ? null
            : found.Matches.Count == 0 ? what
            : with(what, post with { Filtered = found.Matches });
    }

    private Filtering Look(FilterSet filters, FilterPlaces place, Lazy<List<string>> texts, bool mayHide) =>
        filters.Look(place, time.Now(), texts, mayHide);

    private static Lazy<List<string>> FoldedTextsOf(PostView post) =>
        new(() => [.. TextsOf(post).Select(FilterText.Of)], isThreadSafe: false);

    /// <summary>What there is to read in a post: hashtags are in its text.</summary>
    private static IEnumerable<string> TextsOf(PostView post) =>
        post.Media.Json is null
            ? [post.Text]
            : post.Media.Read().Select(x => x.Description).OfType<string>().Prepend(post.Text);
}
