using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>What a program sends to be registered; for describing the endpoint, which reads it itself.</summary>
/// <param name="ClientName">What it calls itself, at most 100 characters; required.</param>
/// <param name="RedirectUris">Where it is led back to, one a line or as a list; required.</param>
/// <param name="Scopes">The most that it will ask for, with blanks between; <c>read</c> when left out.</param>
/// <param name="Website">Where people read of it.</param>
/// <param name="TokenEndpointAuthMethod">
/// <c>none</c> for a program that can keep no secret (RFC 7591 section 2): it gets none, and must use PKCE.
/// </param>
public sealed record OAuthApplicationForm(
    [property: JsonPropertyName("client_name")] string ClientName,
    [property: JsonPropertyName("redirect_uris")] string RedirectUris,
    [property: JsonPropertyName("scopes")] string? Scopes = null,
    [property: JsonPropertyName("website")] string? Website = null,
    [property: JsonPropertyName("token_endpoint_auth_method")] string? TokenEndpointAuthMethod = null
);

/// <summary>A program that was registered.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Website">Where people read of it.</param>
/// <param name="Scopes">The most that it may ask for.</param>
/// <param name="RedirectUri">Where it may be led back to, one a line.</param>
/// <param name="RedirectUris">The same as a list.</param>
/// <param name="ClientId">Its id, as OAuth calls it.</param>
/// <param name="ClientSecret">Its secret, which is shown only now; null for one that keeps none.</param>
/// <param name="ClientSecretExpiresAt">Always 0: never.</param>
public sealed record OAuthApplicationAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("website")] string? Website,
    [property: JsonPropertyName("scopes")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("redirect_uri")] string RedirectUri,
    [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string> RedirectUris,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret,
    [property: JsonPropertyName("client_secret_expires_at")] int ClientSecretExpiresAt = 0
)
{
    /// <summary>Says nothing of the secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OAuthApplicationAnswer);
}

/// <summary>What a program sends for a token (RFC 6749 sections 4.1.3 and 4.4.2); for describing the endpoint.</summary>
/// <param name="GrantType"><c>authorization_code</c> or <c>client_credentials</c>; required.</param>
/// <param name="ClientId">The program's id, here or by HTTP Basic.</param>
/// <param name="ClientSecret">Its secret, if it has one.</param>
/// <param name="Code">The code.</param>
/// <param name="RedirectUri">Where the code was sent.</param>
/// <param name="CodeVerifier">What the challenge was made of (RFC 7636).</param>
/// <param name="Scope">For <c>client_credentials</c>: what to ask for.</param>
public sealed record OAuthTokenForm(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret = null,
    [property: JsonPropertyName("code")] string? Code = null,
    [property: JsonPropertyName("redirect_uri")] string? RedirectUri = null,
    [property: JsonPropertyName("code_verifier")] string? CodeVerifier = null,
    [property: JsonPropertyName("scope")] string? Scope = null
)
{
    /// <summary>Says nothing of the form, which has secrets.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OAuthTokenForm);
}

/// <summary>A token for a program (RFC 6749 section 5.1).</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="Scope">What was allowed.</param>
/// <param name="CreatedAt">When, in seconds since 1970.</param>
/// <param name="ExpiresIn">Seconds that it is good for; left out where it does not run out.</param>
public sealed record OAuthTokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("expires_in"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        long? ExpiresIn = null
)
{
    /// <summary>Says nothing of the token, which is a secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OAuthTokenAnswer);
}

/// <summary>What a program sends to end a token (RFC 7009 section 2.1); for describing the endpoint.</summary>
/// <param name="Token">The token; required.</param>
/// <param name="ClientId">The program's id, here or by HTTP Basic.</param>
/// <param name="ClientSecret">Its secret, if it has one.</param>
public sealed record OAuthRevocationForm(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret = null
)
{
    /// <summary>Says nothing of the form, which has secrets.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OAuthRevocationForm);
}

/// <summary>The answer to that: there is nothing to say.</summary>
public sealed record OAuthRevocationAnswer;

/// <summary>A refusal in OAuth's own form (RFC 6749 section 5.2).</summary>
/// <param name="Error">A word for programs.</param>
/// <param name="ErrorDescription">A sentence for who wrote the program.</param>
public sealed record OAuthErrorAnswer(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription
);

/// <summary>What this server is to programs (RFC 8414 section 2).</summary>
/// <param name="Issuer">Its address.</param>
/// <param name="AuthorizationEndpoint">Where people are sent.</param>
/// <param name="TokenEndpoint">Where codes are exchanged.</param>
/// <param name="RevocationEndpoint">Where tokens are ended.</param>
/// <param name="UserinfoEndpoint">Where it is said who somebody is.</param>
/// <param name="AppRegistrationEndpoint">Where programs are registered, by the name that Mastodon has for it.</param>
/// <param name="ScopesSupported">What programs may ask for.</param>
/// <param name="ResponseTypesSupported"><c>code</c>.</param>
/// <param name="ResponseModesSupported"><c>query</c>.</param>
/// <param name="GrantTypesSupported">What is exchanged for tokens.</param>
/// <param name="TokenEndpointAuthMethodsSupported">How programs show who they are.</param>
/// <param name="CodeChallengeMethodsSupported"><c>S256</c> (RFC 7636).</param>
/// <param name="AuthorizationResponseIssParameterSupported">Always true (RFC 9207 section 3).</param>
public sealed record OAuthMetadataAnswer(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("userinfo_endpoint")] string UserinfoEndpoint,
    [property: JsonPropertyName("app_registration_endpoint")] string AppRegistrationEndpoint,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> ScopesSupported,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypesSupported,
    [property: JsonPropertyName("response_modes_supported")] IReadOnlyList<string> ResponseModesSupported,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypesSupported,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")]
        IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
    [property: JsonPropertyName("code_challenge_methods_supported")]
        IReadOnlyList<string> CodeChallengeMethodsSupported,
    [property: JsonPropertyName("authorization_response_iss_parameter_supported")]
        bool AuthorizationResponseIssParameterSupported
);

/// <summary>What a program asks a person for.</summary>
/// <param name="Name">What it calls itself: anybody may call theirs anything.</param>
/// <param name="Website">Where people read of it, or null.</param>
/// <param name="RedirectUri">Where it is led back to.</param>
/// <param name="Scopes">What it asks to be allowed.</param>
public sealed record ConsentAnswer(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("website")] string? Website,
    [property: JsonPropertyName("redirect_uri")] string RedirectUri,
    [property: JsonPropertyName("scopes")] IReadOnlyList<string> Scopes
);

/// <summary>The parameters of the program's request (RFC 6749 section 4.1.1), and what the person says to it.</summary>
/// <param name="ClientId">The program.</param>
/// <param name="RedirectUri">Where it is led back to.</param>
/// <param name="Allow">Whether it is allowed; required.</param>
/// <param name="ResponseType"><c>code</c>.</param>
/// <param name="Scope">What it asks for; <c>read</c> when left out.</param>
/// <param name="State">What it is given back.</param>
/// <param name="CodeChallenge">Its challenge (RFC 7636).</param>
/// <param name="CodeChallengeMethod"><c>S256</c>.</param>
/// <param name="ResponseMode"><c>query</c>, or nothing.</param>
public sealed record ConsentRequest(
    [property: JsonPropertyName("client_id"), JsonRequired] string ClientId,
    [property: JsonPropertyName("redirect_uri"), JsonRequired] string RedirectUri,
    [property: JsonPropertyName("allow"), JsonRequired] bool Allow,
    [property: JsonPropertyName("response_type")] string? ResponseType = null,
    [property: JsonPropertyName("scope")] string? Scope = null,
    [property: JsonPropertyName("state")] string? State = null,
    [property: JsonPropertyName("code_challenge")] string? CodeChallenge = null,
    [property: JsonPropertyName("code_challenge_method")] string? CodeChallengeMethod = null,
    [property: JsonPropertyName("response_mode")] string? ResponseMode = null
);

/// <summary>Where the person goes on.</summary>
/// <param name="RedirectTo">Where they are to be led; null where the program is to be told by them.</param>
/// <param name="Code">The code that they are to copy then; null when they said no.</param>
public sealed record ConsentGivenAnswer(
    [property: JsonPropertyName("redirect_to")] string? RedirectTo,
    [property: JsonPropertyName("code")] string? Code
)
{
    /// <summary>Says nothing of the code, which is a secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(ConsentGivenAnswer);
}
