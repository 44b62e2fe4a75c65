namespace Pamps.Pages.Html;

/// <summary>What a person is called where others may be called the same.</summary>
internal static class PersonName
{
    /// <summary>The name that they give themselves, if there is one, and the one that nobody else has.</summary>
    public static string Of(string username, string? displayName) =>
        displayName is null ? "@" + username : $"{displayName} (@{username})";
}
