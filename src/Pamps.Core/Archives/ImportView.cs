using System.Text.Json.Serialization;
using Pamps.Core.Text;

namespace Pamps.Core.Archives;

/// <summary>What somebody brings from elsewhere. The numbers are kept in the database.</summary>
public enum ImportKind : short
{
    /// <summary>The archive of an account at Mastodon, X (Twitter) or Pamps: posts.</summary>
    Archive = 0,

    /// <summary>A list of accounts to follow.</summary>
    Follows = 1,

    /// <summary>A list of accounts to block.</summary>
    Blocks = 2,

    /// <summary>A list of accounts to mute.</summary>
    Mutes = 3,

    /// <summary>A list of addresses of posts to bookmark.</summary>
    Bookmarks = 4,
}

/// <summary>How it stands with it. The numbers are kept in the database.</summary>
public enum ImportState : short
{
    /// <summary>Others are taken in before.</summary>
    Waiting = 0,

    /// <summary>It is being taken in.</summary>
    Running = 1,

    /// <summary>It was taken in, as its report says.</summary>
    Done = 2,

    /// <summary>It could not be read, or not to its end.</summary>
    Failed = 3,

    /// <summary>Its owner has stopped it; what was taken in until then stays.</summary>
    Cancelled = 4,
}

/// <summary>What somebody brought, and what became of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">How it stands with it.</param>
/// <param name="CreatedAt">When it came, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null until then.</param>
/// <param name="Bytes">How large the file is, or was.</param>
/// <param name="Done">How many items were looked at.</param>
/// <param name="Total">How many there are; 0 until that is known.</param>
/// <param name="Error">Why it failed, in a word; null unless it did.</param>
/// <param name="Report">What was taken in and what was left out; null until something was.</param>
public sealed record ImportView(
    long Id,
    ImportKind Kind,
    ImportState State,
    DateTime CreatedAt,
    DateTime? EndedAt,
    long Bytes,
    long Done,
    long Total,
    string? Error,
    ImportReport? Report
);

/// <summary>What an import has taken in, and what it has left out.</summary>
/// <param name="Source">Where it comes from: <c>mastodon</c>, <c>twitter</c>, <c>pamps</c> or <c>csv</c>.</param>
/// <param name="Made">How many posts, follows, blocks, mutes or, of a list of them, bookmarks were made.</param>
/// <param name="Here">How many were here before.</param>
/// <param name="Pictures">How many pictures the posts show.</param>
/// <param name="LeftOut">What was left out, by reason.</param>
public sealed record ImportReport(
    string Source,
    long Made,
    long Here,
    long Pictures,
    IReadOnlyList<LeftOut> LeftOut
)
{
    /// <summary>How many bookmarks were made of those in an archive.</summary>
    public long Bookmarks { get; init; }
}

/// <summary>What was left out for one reason.</summary>
/// <param name="Reason">The reason, in a word; see docs/import.md.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first of them, by what they are called where they come from.</param>
public sealed record LeftOut(string Reason, long Count, IReadOnlyList<string> Examples);

/// <summary>How a report is kept.</summary>
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportReportJson : JsonSerializerContext
{
    public static ImportReportJson Kept { get; } = new(KeptJson.NewOptions());
}
