using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>Checks the password of somebody who is signed in, before what cannot be undone.</summary>
internal sealed class ConfirmPassword(Sql sql, IPasswords passwords)
{
    /// <summary>Refused when it is not theirs.</summary>
    /// <param name="viewer">Whose password.</param>
    /// <param name="field">The field that is to blame.</param>
    /// <param name="password">What was given. Whoever calls this counts wrong ones, as at a sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Done>> RunAsync(
        Viewer viewer,
        string field,
        string password,
        CancellationToken cancellationToken
    )
    {
        var hash = await sql.FirstAsync(
            "SELECT a.password FROM account a WHERE a.user_id = @id",
            row => row.GetString(0),
            cancellationToken,
            ("id", viewer.Id)
        );
        if (hash is null)
        {
            return Error.NotSignedIn;
        }
        return
            password is { Length: > 0 and <= PasswordRules.MostTyped }
            && await passwords.IsRightAsync(hash, password, cancellationToken)
            ? new Done()
            : Error.Invalid(field, "wrong_password", "The password is not right.");
    }
}
