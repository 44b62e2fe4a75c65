namespace Pamps.Auth;

/// <summary>What <see cref="PasswordHashing.CheckAsync"/> found.</summary>
public enum PasswordCheck
{
    /// <summary>Not the password, or nobody's.</summary>
    Wrong,

    /// <summary>The password.</summary>
    Right,

    /// <summary>The password, but its hash is weaker than the settings ask now, made by bcrypt, or of another form than <see cref="PasswordForm"/>.</summary>
    RightButOld,
}
