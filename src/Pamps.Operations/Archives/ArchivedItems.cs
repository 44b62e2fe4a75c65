using Pamps.Core;

namespace Pamps.Operations.Archives;

/// <summary>Another post, as an archive names it.</summary>
/// <param name="Id">Its id where the archive was made.</param>
/// <param name="Author">Its author's name; null when it was deleted there.</param>
/// <param name="Date">When it was written; null when it was deleted there.</param>
internal sealed record ArchivedName(long Id, string? Author, DateTime? Date);

/// <summary>A post in an archive, of which every rule was checked.</summary>
internal sealed record ArchivedPost(
    long Id,
    string Text,
    DateTime Date,
    DateTime? EditedAt,
    ArchivedName? Parent,
    Visibility Visibility
);

/// <summary>A like in an archive.</summary>
internal sealed record ArchivedLike(long Id, DateTime Date, ArchivedName Post);

/// <summary>A follow in an archive.</summary>
internal sealed record ArchivedFollow(long Id, DateTime Date, string Username);

/// <summary>The person an archive is of.</summary>
internal sealed record ArchivedPerson(
    string Username,
    string Email,
    string? Bio,
    string? Avatar,
    DateTime CreatedAt
)
{
    /// <summary>Leaves the address out of logs and messages.</summary>
    public override string ToString() => $"{nameof(ArchivedPerson)} {Username}";
}
