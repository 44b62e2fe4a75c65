namespace Pamps.Auth;

/// <summary>What signing in needs to know of an account, as the host's store has it now.</summary>
/// <param name="Id">What never changes about it.</param>
/// <param name="Username">Its name, spelt as the host shows it; the <c>sub</c> of its tokens.</param>
/// <param name="PasswordHash">What <see cref="PasswordHashing.HashAsync"/> made of its password.</param>
/// <param name="Active">Whether it may sign in.</param>
/// <param name="Superuser">Whether it may do everything.</param>
public sealed record Account(long Id, string Username, string PasswordHash, bool Active, bool Superuser)
{
    /// <summary>
    /// Whether it may not sign in at present and its owner is told so, who gives the right password. Otherwise one that is not
    /// <see cref="Active"/> is as if there were none.
    /// </summary>
    public bool Suspended { get; init; }

    /// <summary>Whether it is <see cref="Suspended"/> only because it waits to be approved: then its owner is told that.</summary>
    public bool Waits { get; init; }

    /// <summary>Names the account by its id only, so that a log line never carries the hash.</summary>
    /// <returns>For example <c>Account 7</c>.</returns>
    public override string ToString() => $"Account {Id}";
}
