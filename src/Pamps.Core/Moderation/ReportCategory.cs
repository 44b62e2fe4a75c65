namespace Pamps.Core.Moderation;

/// <summary>Why somebody is reported. The numbers are kept in the database.</summary>
public enum ReportCategory : short
{
    /// <summary>Something else, which the words tell.</summary>
    Other = 0,

    /// <summary>Advertising, deceit, the same again and again.</summary>
    Spam = 1,

    /// <summary>What a law forbids.</summary>
    Illegal = 2,

    /// <summary>What a rule of the site forbids.</summary>
    Rule = 3,
}

/// <summary>What categories are called, by programs and on the command line.</summary>
public static class ReportCategories
{
    /// <summary>The words, in the order of the numbers.</summary>
    public static IReadOnlyList<string> Words { get; } = ["other", "spam", "illegal", "rule"];

    /// <summary>The word for a category.</summary>
    public static string ToWord(this ReportCategory category) => Words[(int)category];
}

/// <summary>What a moderator does to somebody. The numbers are kept in the database.</summary>
public enum ModerationKind : short
{
    /// <summary>Tells them something.</summary>
    Warn = 1,

    /// <summary>Deletes posts of theirs.</summary>
    DeletePosts = 2,

    /// <summary>Has none but their followers find them.</summary>
    Silence = 3,

    /// <summary>Ends that.</summary>
    Unsilence = 4,

    /// <summary>Closes the account and hides all that is in it; after 30 days it is erased.</summary>
    Suspend = 5,

    /// <summary>Opens it again, and shows all that was hidden.</summary>
    Restore = 6,

    /// <summary>Keeps words for moderators, of which the person is told nothing.</summary>
    Note = 7,

    /// <summary>Covers what posts of theirs show, until somebody wants to see it.</summary>
    MarkSensitive = 8,

    /// <summary>Ends that.</summary>
    UnmarkSensitive = 9,
}
