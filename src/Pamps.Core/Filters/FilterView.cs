using System.Text.Json.Serialization;

namespace Pamps.Core.Filters;

/// <summary>Where a filter holds. The numbers are kept in the database.</summary>
[Flags]
public enum FilterPlaces : short
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>What comes by itself: the timeline, its live stream, and direct posts.</summary>
    Home = 1,

    /// <summary>Notifications.</summary>
    Notifications = 2,

    /// <summary>Where strangers are come by: everybody's posts, hashtags, search.</summary>
    Public = 4,

    /// <summary>Conversations: a post with what it answers, and the replies to it.</summary>
    Thread = 8,

    /// <summary>The posts on a person's profile, those too that they like.</summary>
    Account = 16,

    /// <summary>Everywhere.</summary>
    All = Home | Notifications | Public | Thread | Account,
}

/// <summary>What becomes of a post that matches. The numbers are kept in the database.</summary>
public enum FilterAction : short
{
    /// <summary>It is shown folded, with the filter's title.</summary>
    Warn = 0,

    /// <summary>It is not shown.</summary>
    Hide = 1,
}

/// <summary>What a filter looks for.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Keyword">A word, a phrase or a hashtag, as its owner wrote it.</param>
/// <param name="WholeWord">Whether it is not looked for within longer words.</param>
public sealed record FilterKeyword(long Id, string Keyword, bool WholeWord);

/// <summary>A filter, for its owner.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Title">Its name, which a folded post is shown with.</param>
/// <param name="Places">Where it holds.</param>
/// <param name="Action">What becomes of a post that matches.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC; null when it does not. One that has ended matches nothing, and stays.</param>
/// <param name="Keywords">What it looks for: one of them is enough.</param>
public sealed record FilterView(
    long Id,
    string Title,
    FilterPlaces Places,
    FilterAction Action,
    DateTime? ExpiresAt,
    IReadOnlyList<FilterKeyword> Keywords
);

/// <summary>Why a post is shown folded.</summary>
/// <param name="Filter">The viewer's filter that it matches.</param>
/// <param name="Keywords">What of the filter's keywords is in it.</param>
public sealed record FilterMatch(FilterView Filter, IReadOnlyList<string> Keywords);
