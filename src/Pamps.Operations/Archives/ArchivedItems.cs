using Pamps.Core;
using Pamps.Core.Filters;
using Pamps.Core.Users;

namespace Pamps.Operations.Archives;

/// <summary>Another post, as an archive names it.</summary>
/// <param name="Id">Its id where the archive was made.</param>
/// <param name="Author">Its author's name; null when it was deleted there.</param>
/// <param name="Date">When it was written; null when it was deleted there.</param>
internal sealed record ArchivedName(long Id, string? Author, DateTime? Date);

/// <summary>A post in an archive, of which every rule was checked.</summary>
/// <param name="Id">Its id where the archive was made.</param>
/// <param name="Text">Its text; empty where pictures are all there is.</param>
/// <param name="TextAlone">Its text should none of its pictures come along: then it is what they were said to show.</param>
/// <param name="Date">When it was written.</param>
/// <param name="EditedAt">When its text was last changed.</param>
/// <param name="Parent">What it replies to.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Sensitive">Whether that is covered until somebody wants to see it.</param>
/// <param name="Pictures">What it shows, in its order.</param>
internal sealed record ArchivedPost(
    long Id,
    string Text,
    string TextAlone,
    DateTime Date,
    DateTime? EditedAt,
    ArchivedName? Parent,
    Visibility Visibility,
    bool Sensitive,
    IReadOnlyList<ArchivedPicture> Pictures
)
{
    /// <summary>Of a post of elsewhere, by which it is known again; of two of one account that have the same, one is made.</summary>
    public long? Origin { get; init; }

    /// <summary>Of a post of elsewhere, the <see cref="Origin"/> of what it replies to.</summary>
    public long? ParentOrigin { get; init; }

    /// <summary>Of a post of elsewhere, the id that it has here if it is from here.</summary>
    public long? NativeId { get; init; }

    /// <summary>What stands for pictures of which nothing was said.</summary>
    public const string NoWords = "🖼";
}

/// <summary>A picture of a post in an archive. Nothing of it was checked but the name of its file.</summary>
/// <param name="File">The name of its file; null when that is not in the archive.</param>
/// <param name="Description">What is to be seen on it.</param>
/// <param name="Focus">The point that stays when it is cropped, as <c>x,y</c>.</param>
internal sealed record ArchivedPicture(string? File, string? Description, string? Focus);

/// <summary>A like in an archive, or a bookmark.</summary>
internal sealed record ArchivedLike(long Id, DateTime Date, ArchivedName Post);

/// <summary>A follow in an archive.</summary>
internal sealed record ArchivedFollow(long Id, DateTime Date, string Username);

/// <summary>A filter in an archive.</summary>
internal sealed record ArchivedFilter(FilterChange Change, DateTime? ExpiresAt);

/// <summary>The person an archive is of.</summary>
internal sealed record ArchivedPerson(
    string Username,
    string Email,
    string? Bio,
    string? DisplayName,
    string? Avatar,
    IReadOnlyList<ProfileField> Fields,
    IReadOnlyList<ArchivedFilter> Filters,
    DateTime CreatedAt
)
{
    /// <summary>Leaves the address out of logs and messages.</summary>
    public override string ToString() => $"{nameof(ArchivedPerson)} {Username}";
}
