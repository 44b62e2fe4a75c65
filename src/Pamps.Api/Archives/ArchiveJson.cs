using Pamps.Core.Archives;

namespace Pamps.Api.Archives;

/// <summary>How it stands with the archive of one's account.</summary>
/// <param name="State">none, waiting, making, ready or failed.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="EndedAt">When it was made, or could not be.</param>
/// <param name="Bytes">How large it is, once it is ready.</param>
/// <param name="ExpiresAt">Until when it can be downloaded, once it is ready.</param>
/// <param name="NextAt">When another one may be asked for; null for now.</param>
internal sealed record ArchiveResponse(
    string State,
    DateTime? AskedAt,
    DateTime? EndedAt,
    long? Bytes,
    DateTime? ExpiresAt,
    DateTime? NextAt
)
{
    private static readonly string[] States = ["none", "waiting", "making", "ready", "failed"];

    public static ArchiveResponse From(ArchiveView x) =>
        new(States[(int)x.State], x.AskedAt, x.EndedAt, x.Bytes, x.ExpiresAt, x.NextAt);
}

/// <summary>What one brings from elsewhere, and what became of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">archive, follows, blocks or mutes.</param>
/// <param name="State">waiting, running, done, failed or cancelled.</param>
/// <param name="CreatedAt">When it came.</param>
/// <param name="EndedAt">When it ended; null until then.</param>
/// <param name="Bytes">How large the file is, or was.</param>
/// <param name="Done">How many items were looked at.</param>
/// <param name="Total">How many there are; 0 until that is known.</param>
/// <param name="Error">Why it failed: unreadable or failed.</param>
/// <param name="Report">What was taken in and what was left out; null until something was.</param>
internal sealed record ImportResponse(
    long Id,
    string Kind,
    string State,
    DateTime CreatedAt,
    DateTime? EndedAt,
    long Bytes,
    long Done,
    long Total,
    string? Error,
    ImportReportResponse? Report
)
{
    private static readonly string[] States = ["waiting", "running", "done", "failed", "cancelled"];

    public static ImportResponse From(ImportView x) =>
        new(
            x.Id,
            OrderImport.Kinds[(int)x.Kind],
            States[(int)x.State],
            x.CreatedAt,
            x.EndedAt,
            x.Bytes,
            x.Done,
            x.Total,
            x.Error,
            x.Report is { } report
                ? new(
                    report.Source,
                    report.Made,
                    report.Here,
                    report.Pictures,
                    report.Bookmarks,
                    [.. report.LeftOut.Select(y => new LeftOutResponse(y.Reason, y.Count, [.. y.Examples]))]
                )
                : null
        );
}

/// <summary>What an import has taken in, and what it has left out.</summary>
/// <param name="Source">mastodon, twitter, pamps or csv.</param>
/// <param name="Made">How many posts, follows, blocks, mutes or, of a list of them, bookmarks were made.</param>
/// <param name="Here">How many were here before.</param>
/// <param name="Pictures">How many pictures the posts show.</param>
/// <param name="Bookmarks">How many bookmarks were made of those in an archive.</param>
/// <param name="LeftOut">What was left out, by reason, the most first.</param>
internal sealed record ImportReportResponse(
    string Source,
    long Made,
    long Here,
    long Pictures,
    long Bookmarks,
    LeftOutResponse[] LeftOut
);

/// <summary>What was left out for one reason.</summary>
/// <param name="Reason">The reason, in a word.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first of them, by what they are called where they come from.</param>
internal sealed record LeftOutResponse(string Reason, long Count, string[] Examples);
