using System.Collections.Frozen;

namespace Pamps.Core;

/// <summary>What somebody is to the site. The numbers are kept in the database; a larger one stands above a smaller.</summary>
public enum Role : short
{
    /// <summary>Everybody with an account.</summary>
    Member = 0,

    /// <summary>Sees reports, and acts on members.</summary>
    Moderator = 1,

    /// <summary>The workshop's superuser: has others' accounts, too.</summary>
    Admin = 2,

    /// <summary>An admin whom no admin can act on. The command line makes the first.</summary>
    Owner = 3,
}

/// <summary>What a role may do beyond what everybody may.</summary>
[Flags]
public enum Powers
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See reports, and warn, silence and suspend those below, and delete their posts.</summary>
    Moderate = 1,

    /// <summary>Say who has which role, see e-mail addresses, make links for new passwords, delete accounts, invite.</summary>
    Administer = 2,

    /// <summary>Make owners, and act on them.</summary>
    Own = 4,
}

/// <summary>The one table of who may do what. Whom they may do it to is <see cref="IsAbove"/>.</summary>
public static class Roles
{
    private static readonly FrozenDictionary<Role, Powers> Table = new Dictionary<Role, Powers>
    {
        [Role.Member] = Powers.None,
        [Role.Moderator] = Powers.Moderate,
        [Role.Admin] = Powers.Moderate | Powers.Administer,
        [Role.Owner] = Powers.Moderate | Powers.Administer | Powers.Own,
    }.ToFrozenDictionary();

    /// <summary>The words for roles, in their order.</summary>
    public static IReadOnlyList<string> Words { get; } = ["member", "moderator", "admin", "owner"];

    /// <summary>Whether the role may do this.</summary>
    public static bool May(this Role role, Powers power) => (Table[role] & power) == power;

    /// <summary>Whether one may act on the other's account. Nobody may on those beside or above them.</summary>
    public static bool IsAbove(this Role role, Role other) => role > other;

    /// <summary>Whether one who administers may do so to the other's account: to an owner's only owners may.</summary>
    public static bool MayAdminister(this Role role, Role other) =>
        !other.May(Powers.Own) || role.May(Powers.Own);

    /// <summary>The word for a role.</summary>
    public static string ToWord(this Role role) => Words[(int)role];

    /// <summary>What a word means; null for none.</summary>
    public static Role? Parse(string? word) =>
        word is not null && Words.ToList().IndexOf(word) is var place and >= 0 ? (Role)place : null;

    /// <summary>
    /// The role that two columns tell. Versions that know no roles write the first alone, so it decides, and the second says more where
    /// it fits.
    /// </summary>
    /// <param name="superuser">The column <c>account.superuser</c>.</param>
    /// <param name="role">The column <c>account.role</c>.</param>
    internal static Role Of(bool superuser, short role) =>
        superuser
            ? role == (short)Role.Owner
                ? Role.Owner
                : Role.Admin
            : role == (short)Role.Moderator
                ? Role.Moderator
                : Role.Member;
}
