using System.Net;

namespace Pamps.Auth;

/// <summary>Whose password somebody tries, and from where.</summary>
/// <param name="Name">The name or e-mail address that was typed.</param>
/// <param name="Address">Where it came from; null when unknown.</param>
public sealed record PasswordTry(string Name, IPAddress? Address)
{
    /// <summary>The account of that name, where there is one: all its names count together then.</summary>
    public long? AccountId { get; init; }

    /// <summary>
    /// A login of that account that is good, whose token came with the try: its device is known, and counts for itself.
    /// </summary>
    public long? LoginId { get; init; }

    /// <summary>Says neither name nor address.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PasswordTry);
}
