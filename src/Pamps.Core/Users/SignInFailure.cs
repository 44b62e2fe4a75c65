namespace Pamps.Core.Users;

/// <summary>
/// A row of the table <c>sign_in_failure</c>: how often signing in has failed under a name or from an address. A row whose
/// window has passed counts for nothing, and is swept.
/// </summary>
internal sealed class SignInFailure
{
    /// <summary>A keyed hash of the name or of the address, which nobody can read back.</summary>
    public required string Key { get; set; }
    public int Count { get; set; }

    /// <summary>When the first of them was: the window begins there.</summary>
    public DateTime Since { get; set; }
}
