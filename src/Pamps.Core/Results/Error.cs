namespace Pamps.Core.Results;

/// <summary>The kinds of refusal there are. Each door maps a kind to its own language, once.</summary>
public enum ErrorKind
{
    /// <summary>The input breaks a rule; <see cref="Error.Fields"/> says which.</summary>
    Invalid,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The thing exists, and is not the viewer's to change.</summary>
    Forbidden,

    /// <summary>It does not go with what is there: the name is taken, or nobody would be left.</summary>
    Conflict,

    /// <summary>A password or token that was shown is not right.</summary>
    Unauthorized,

    /// <summary>The viewer has as many of it as one may have, at once or in a time.</summary>
    TooMany,

    /// <summary>It is larger than may be, or than there is room for.</summary>
    TooLarge,

    /// <summary>It is of a kind that is not taken.</summary>
    Unsupported,

    /// <summary>There is no room now; trying again later is right.</summary>
    Unavailable,
}

/// <summary>Why an operation was refused. A refusal changes nothing.</summary>
/// <param name="Kind">What sort of refusal it is.</param>
/// <param name="Code">A stable word for programs, such as <c>post_not_found</c>.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Fields">For <see cref="ErrorKind.Invalid"/>: field names with what is wrong with each.</param>
public sealed record Error(
    ErrorKind Kind,
    string Code,
    string Message,
    IReadOnlyDictionary<string, FieldError>? Fields = null
)
{
    /// <summary>What there was too much of, in too short a time or in total, where it is that.</summary>
    public Exceeded? Exceeded { get; init; }

    /// <summary>The refusal of one field, whose message serves as the sentence too.</summary>
    /// <param name="field">The field's name, as the doors write it.</param>
    /// <param name="code">A stable word for what is wrong with it; see docs/problems.md.</param>
    /// <param name="message">One sentence for a person.</param>
    /// <param name="least">The smallest number that the sentence names.</param>
    /// <param name="most">The largest number that the sentence names.</param>
    public static Error Invalid(
        string field,
        string code,
        string message,
        long? least = null,
        long? most = null
    ) => Invalid(new Dictionary<string, FieldError> { [field] = new(code, message, least, most) });

    /// <summary>The refusal of several fields, whose messages one after the other are the sentence.</summary>
    public static Error Invalid(IReadOnlyDictionary<string, FieldError> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new(
            ErrorKind.Invalid,
            "invalid",
            string.Join(" ", fields.Values.Select(x => x.Message)),
            fields
        );
    }

    /// <summary>There is no such user.</summary>
    public static Error UserNotFound { get; } = new(ErrorKind.NotFound, "user_not_found", "User not found");

    /// <summary>There is no such post.</summary>
    public static Error PostNotFound { get; } = new(ErrorKind.NotFound, "post_not_found", "Post not found");

    /// <summary>Somebody else has the e-mail address.</summary>
    public static Error EmailTaken { get; } =
        new(ErrorKind.Conflict, "email_taken", "Email already registered");

    /// <summary>The token of a link that was sent, or handed over, is not good any more or never was.</summary>
    public static Error InvalidLink { get; } =
        Error.Invalid(
            "token",
            "invalid_token",
            "This link is no longer good: it was used, it is too old, or part of it is missing. Ask for another one."
        );

    /// <summary>The viewer's account or login ended while the request was on its way.</summary>
    public static Error NotSignedIn { get; } =
        new(ErrorKind.Unauthorized, "not_signed_in", "Could not validate credentials");

    /// <summary>The password was not given for the viewer's token.</summary>
    public static Error NotFresh { get; } =
        new(ErrorKind.Unauthorized, "not_fresh", "A fresh token is needed: sign in with your password again");

    /// <summary>Only moderators, and who stands above them, may do this.</summary>
    public static Error ModeratorsOnly { get; } =
        new(ErrorKind.Forbidden, "moderators_only", "Only a moderator may do this");

    /// <summary>The other's role is such that the viewer may not act on their account.</summary>
    public static Error NotBelow { get; } =
        new(
            ErrorKind.Forbidden,
            "not_below_you",
            "Nobody acts on accounts of a role that is not below their own"
        );

    /// <summary>Only a superuser may do this.</summary>
    public static Error SuperuserOnly { get; } =
        new(ErrorKind.Forbidden, "superuser_only", "Only a superuser may do this");
}
