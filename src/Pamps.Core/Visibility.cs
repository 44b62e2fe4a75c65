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
