namespace Pamps.Core.Limits;

/// <summary>What is limited, each for itself. The numbers are kept in the database.</summary>
internal enum Deed : short
{
    /// <summary>Whatever else an account writes.</summary>
    Other = 1,

    /// <summary>Posts and replies.</summary>
    Post = 2,

    /// <summary>Edits of posts.</summary>
    Edit = 3,

    /// <summary>Likes.</summary>
    Like = 4,

    /// <summary>Follows, and requests to.</summary>
    Follow = 5,

    /// <summary>Accounts that are made; of a network, and not of an account.</summary>
    Registration = 6,

    /// <summary>Blocks, which are limited in total; in time with whatever else.</summary>
    Block = 7,

    /// <summary>Mutes, likewise.</summary>
    Mute = 8,

    /// <summary>Pictures that are uploaded.</summary>
    Upload = 9,

    /// <summary>Links for a new password that are asked for; from a network, and to an account.</summary>
    PasswordReset = 10,

    /// <summary>Programs that are registered; from a network.</summary>
    Application = 11,

    /// <summary>Logins that are opened, with a password or a passkey.</summary>
    SignIn = 12,

    /// <summary>Bookmarks, which are limited in total; in time like whatever else, but for themselves.</summary>
    Bookmark = 13,
}
