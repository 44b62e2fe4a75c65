namespace Pamps.Auth;

/// <summary>Names that a host may need to refer to.</summary>
public static class PampsAuthDefaults
{
    /// <summary>
    /// The authentication scheme, which is the default one: tokens in the
    /// <c>Authorization</c> header as RFC 6750 section 2.1 has it.
    /// </summary>
    public const string Scheme = "Bearer";

    /// <summary>
    /// The authorization policy that asks for a sign-in with the password and not a refreshed one;
    /// superusers pass it always. See <see cref="FreshExtensions.RequireFresh{TBuilder}"/>.
    /// </summary>
    public const string FreshPolicy = "fresh";

    /// <summary>The role claim that the principal of a superuser carries.</summary>
    public const string SuperuserRole = "superuser";
}
