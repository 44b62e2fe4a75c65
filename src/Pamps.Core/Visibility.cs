namespace Pamps.Core;

/// <summary>Who may see a post. The numbers are kept in the database; a larger one is seen by fewer.</summary>
public enum Visibility : short
{
    /// <summary>Everybody, and it is in the lists of everybody's posts, in search and under its hashtags.</summary>
    Public = 0,

    /// <summary>Everybody who comes to it, or follows its author; it is in no list of everybody's posts.</summary>
    Unlisted = 1,

    /// <summary>Who follows its author, and whom it names.</summary>
    Followers = 2,

    /// <summary>Whom it names only.</summary>
    Direct = 3,
}

/// <summary>
/// How a post is kept whose author has left, until it is erased, or is suspended, until they are restored: nobody sees it. It is counted
/// off when it is erased.
/// </summary>
internal static class Erasing
{
    /// <summary>What is added to its visibility.</summary>
    public const int Step = 10;

    /// <summary>Who may see a post as it is kept, or might until it was hidden.</summary>
    public static Visibility Shown(short kept) => (Visibility)(kept % Step);

    /// <summary>The condition on the column that the post is counted: everybody may see it, or might until its author left or was suspended.</summary>
    public static readonly string IsCounted =
        $"visibility IN ({(int)Visibility.Public}, {(int)Visibility.Unlisted}, {(int)Visibility.Public + Step}, {(int)Visibility.Unlisted + Step})";
}
