namespace Pamps.Core.Search;

/// <summary>What a post is ranked by.</summary>
/// <param name="Id">Its id, which says how new it is.</param>
/// <param name="Likes">How many like it.</param>
/// <param name="Replies">How many replies it has.</param>
/// <param name="Length">How many characters it has.</param>
internal readonly record struct PostFacts(long Id, long Likes, long Replies, int Length);

/// <summary>Ranks posts that match. No clock and no database has a say: the same posts give the same order.</summary>
internal static class PostRanking
{
    /// <summary>Only so many of the newest that match are ranked, so that the cost has a bound.</summary>
    public const int Candidates = 500;

    /// <summary>
    /// Best first. Ten times the reactions count as much as being wholly about the words, and as much as being the
    /// newest instead of the oldest of all that are ranked. A reply takes more trouble than a like, and counts twice.
    /// </summary>
    public static IReadOnlyList<long> Rank(IReadOnlyCollection<PostFacts> posts, SearchQuery query)
    {
        var wanted = query.Terms.SelectMany(x => x.Words).Sum(x => x.Length);
        return
        [
            .. posts
                .OrderByDescending(x => x.Id)
                .Select(
                    (x, age) =>
                        (
                            x.Id,
                            Score: Math.Log10(1 + x.Likes + (2 * x.Replies))
                                + Math.Min(1, wanted / (double)Math.Max(1, x.Length))
                                + (1 - (age / (double)Candidates))
                        )
                )
                // Rounded, so that no processor's last bit decides.
                .OrderByDescending(x => Math.Round(x.Score, 6))
                .ThenByDescending(x => x.Id)
                .Select(x => x.Id),
        ];
    }
}
