using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Somebody who has registered and waits to be approved, as moderators see them.</summary>
/// <param name="User">Who.</param>
/// <param name="Email">Their e-mail address, by which moderators judge, too.</param>
/// <param name="Reason">Why they want an account.</param>
/// <param name="CreatedAt">Since when they wait, UTC.</param>
public sealed record RegistrationView(UserView User, string Email, string Reason, DateTime CreatedAt)
{
    /// <summary>Leaves the address and the reason out of logs and messages.</summary>
    public override string ToString() => $"{nameof(RegistrationView)} {User.Id}";
}

/// <summary>Registrations that wait to be approved.</summary>
public static class Registration
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxLength = 500;

    /// <summary>So many days a registration waits; then it is refused by itself, and the name is free.</summary>
    public const int MaxDays = 30;

    internal static readonly Error NotFound = new(
        ErrorKind.NotFound,
        "registration_not_found",
        "Nobody of that name waits to be approved; another moderator may have been faster"
    );

    /// <summary>Those that wait.</summary>
    internal static readonly SqlList<RegistrationView> List = new(
        $"{UserRows.Columns}, a.email, r.reason, r.created_at",
        $"registration r JOIN \"user\" u ON u.id = r.user_id JOIN account a ON a.user_id = u.id",
        UserSql.Waits,
        "u.id",
        row => new RegistrationView(UserRows.Read(row), row.GetString(6), row.GetString(7), row.GetUtc(8))
    );

    /// <summary>
    /// The statement by which a user waits no more. A version that knows no registrations restores who waits and leaves the row, by
    /// which they would seem to wait again once they are suspended.
    /// </summary>
    internal static Statement Forget(long userId) =>
        new("DELETE FROM registration WHERE user_id = @id", ("id", userId));

    internal static Result<string> CheckReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason)
            ? Error.Invalid("reason", "reason_needed", "This site asks why you want an account.")
            : PlainText.Normalize("reason", reason, 1, MaxLength);
}
