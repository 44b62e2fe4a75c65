namespace Pamps.Core.Users;

/// <summary>Hashes passwords, and knows when two are the same. The host gives the implementation; how many run at once is its business.</summary>
public interface IPasswords
{
    /// <summary>The form in which it is compared; null when it is no text, or holds a control character.</summary>
    string? FormOf(string password);

    /// <summary>A new salted hash. Takes as long as the settings say, about a tenth of a second.</summary>
    Task<string> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>The same for somebody who registers: a flood of them must not keep others from signing in.</summary>
    Task<string> HashForRegistrationAsync(string password, CancellationToken cancellationToken);

    /// <summary>Whether a hash that was made elsewhere is of a form that passwords are checked with here.</summary>
    bool IsHashOfElsewhere(string hash);

    /// <summary>Whether the password is the one that the hash was made of. Takes as long as hashing.</summary>
    Task<bool> IsRightAsync(string hash, string password, CancellationToken cancellationToken);
}
