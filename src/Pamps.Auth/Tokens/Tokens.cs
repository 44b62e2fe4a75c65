using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pamps.Auth;

/// <summary>
/// Issues and reads the tokens: JWTs (RFC 7519) signed with the one configured HMAC. Claims are
/// <c>sub</c> (user name), <c>sid</c> (login), <c>jti</c> (128 random bits), <c>iat</c>, <c>exp</c>,
/// <c>scope</c> (<c>access_token</c> or <c>refresh_token</c>), <c>iss</c> and <c>aud</c> where they are set, on access tokens
/// <c>fresh</c>, and on refresh tokens <c>auth_time</c>, when the password was given (OpenID Connect Core section 2).
/// </summary>
public sealed class Tokens
{
    private const string AccessScope = "access_token";
    private const string RefreshScope = "refresh_token";
    private const string AuthTime = JwtRegisteredClaimNames.AuthTime;
    private const string Sid = JwtRegisteredClaimNames.Sid;

    /// <summary>A few megabytes.</summary>
    private const int MostKnown = 10_000;

    private readonly JsonWebTokenHandler _handler = new()
    {
        SetDefaultTimesOnTokenCreation = false,
        MaximumTokenSizeInBytes = 8192,
    };
    private readonly TimeProvider _time;
    private readonly TimeSpan _accessLifetime;
    private readonly TimeSpan _refreshLifetime;
    private readonly TimeSpan _sessionLifetime;
    private readonly TimeSpan _loginLifetime;
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _rules;
    private readonly string _issuer;
    private readonly string _audience;

    /// <summary>
    /// Access tokens that were found good, by their hashes: what a token says stays, and reading it costs as much as a small answer. That its login
    /// has not ended is asked elsewhere, each time.
    /// </summary>
    private readonly ConcurrentDictionary<TokenHash, AccessToken> _known = new();

    /// <summary>Makes an issuer of tokens; one is enough for a process.</summary>
    /// <param name="options">Key, algorithm and lifetimes.</param>
    /// <param name="time">The clock that tokens are dated and judged by.</param>
    public Tokens(IOptions<PampsAuthOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        _time = time;
        _accessLifetime = settings.AccessTokenLifetime;
        _refreshLifetime = settings.RefreshTokenLifetime;
        _sessionLifetime = settings.SessionLifetime;
        _loginLifetime = settings.LoginLifetime;
        (_issuer, _audience) = (settings.Issuer, settings.Audience);
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(settings.SecretKey));
        _credentials = new SigningCredentials(key, settings.Algorithm);
        _rules = new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [settings.Algorithm],
            ValidTypes = ["JWT"],
            // IsOurs does: the library refuses a token that names none.
            ValidateIssuer = false,
            ValidateAudience = false,
            // RFC 7519 section 4.1.4: not accepted on or after exp. No skew: issuer and judge are one.
            LifetimeValidator = (_, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>Draws the identity of a refresh token, for the login store to keep.</summary>
    /// <param name="presented">The refresh token whose place it takes; null for the first of a login.</param>
    /// <param name="forBrowser">Whether a browser is to keep it in its cookie.</param>
    /// <returns>A new <c>jti</c> and when the token runs out: when its login ends at the latest.</returns>
    public RefreshSeed NewRefresh(RefreshToken? presented = null, bool forBrowser = false)
    {
        var now = Now();
        var began = presented is null ? now : presented.BeganUtc ?? presented.IssuedUtc;
        var expires = now.Add(forBrowser ? _sessionLifetime : _refreshLifetime);
        var end = began.Add(_loginLifetime);
        return new RefreshSeed(NewJti(), expires < end ? expires : end, began);
    }

    /// <summary>Writes a pair of tokens.</summary>
    /// <param name="account">Whose they are.</param>
    /// <param name="loginId">The login they belong to.</param>
    /// <param name="refresh">What the login store keeps for the login.</param>
    /// <param name="fresh">Whether the password was given just now.</param>
    /// <returns>The pair.</returns>
    public TokenPair Issue(Account account, long loginId, RefreshSeed refresh, bool fresh)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(refresh);
        var access = IssueAccess(account, loginId, fresh);
        var claims = Claims(account.Username, loginId, refresh.Jti, RefreshScope);
        claims[AuthTime] = new DateTimeOffset(refresh.BeganUtc).ToUnixTimeSeconds();
        return new TokenPair(
            access.Token,
            Write(claims, Now(), refresh.ExpiresUtc),
            refresh.Jti,
            access.ExpiresUtc,
            refresh.ExpiresUtc
        );
    }

    /// <summary>Writes an access token alone.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="loginId">The login it belongs to.</param>
    /// <param name="fresh">Whether the password was given just now.</param>
    /// <returns>The token.</returns>
    public IssuedAccess IssueAccess(Account account, long loginId, bool fresh)
    {
        ArgumentNullException.ThrowIfNull(account);
        var now = Now();
        var expires = now.Add(_accessLifetime);
        var claims = Claims(account.Username, loginId, NewJti(), AccessScope);
        claims["fresh"] = fresh;
        return new IssuedAccess(Write(claims, now, expires), expires);
    }

    /// <summary>
    /// Reads an access token. It must be signed with the configured key and algorithm, not have run
    /// out, and be an access token.
    /// </summary>
    /// <param name="token">Anything that somebody sent.</param>
    /// <returns>What it says; null when it is not good, whatever the reason.</returns>
    public async ValueTask<AccessToken?> ReadAccess(string token)
    {
        var hash = TokenHash.Of(token);
        if (_known.TryGetValue(hash, out var known))
        {
            return known.ExpiresUtc > _time.GetUtcNow().UtcDateTime ? known : null;
        }
        if (
            await ReadAsync(token, AccessScope) is not { } jwt
            || Login(jwt) is not { } login
            || !jwt.TryGetPayloadValue<bool>("fresh", out var fresh)
        )
        {
            return null;
        }
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }
        return _known[hash] = new AccessToken(jwt.Subject, login, fresh, jwt.Id, jwt.ValidTo);
    }

    /// <summary>
    /// Reads a refresh token. It must be signed with the configured key and algorithm, not have run
    /// out, and be a refresh token.
    /// </summary>
    /// <param name="token">Anything that somebody sent.</param>
    /// <returns>What it says; null when it is not good, whatever the reason.</returns>
    public async ValueTask<RefreshToken?> ReadRefresh(string token) =>
        await ReadAsync(token, RefreshScope) is { } jwt && Login(jwt) is { } login
            ? new RefreshToken(jwt.Subject, login, jwt.Id, jwt.ValidTo, jwt.IssuedAt, Began(jwt))
            : null;

    private async ValueTask<JsonWebToken?> ReadAsync(string token, string scope)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules);
        return
            result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            && jwt.TryGetPayloadValue<string>("scope", out var claimed)
            && claimed == scope
            && !string.IsNullOrEmpty(jwt.Subject)
            && !string.IsNullOrEmpty(jwt.Id)
            && IsOurs(jwt)
            ? jwt
            : null;
    }

    /// <summary>Whether it names us where it names anybody: a token that says nothing is one of before we had names.</summary>
    private bool IsOurs(JsonWebToken jwt)
    {
        var audiences = jwt.Audiences;
        return (_issuer.Length == 0 || jwt.Issuer.Length == 0 || jwt.Issuer == _issuer)
            && (!audiences.Any() || audiences.Contains(_audience, StringComparer.Ordinal));
    }

    private static long? Login(JsonWebToken jwt) =>
        jwt.TryGetPayloadValue<string>(Sid, out var sid)
        && long.TryParse(sid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static DateTime? Began(JsonWebToken jwt) =>
        jwt.TryGetPayloadValue<long>(AuthTime, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            : null;

    private static Dictionary<string, object> Claims(string name, long loginId, string jti, string scope) =>
        new()
        {
            [JwtRegisteredClaimNames.Sub] = name,
            [Sid] = loginId.ToString(CultureInfo.InvariantCulture),
            [JwtRegisteredClaimNames.Jti] = jti,
            ["scope"] = scope,
        };

    private string Write(Dictionary<string, object> claims, DateTime now, DateTime expires) =>
        _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Claims = claims,
                Issuer = _issuer.Length == 0 ? null : _issuer,
                Audience = _audience.Length == 0 ? null : _audience,
                IssuedAt = now,
                Expires = expires,
                SigningCredentials = _credentials,
            }
        );

    // Whole seconds, as exp has them: the login store and the token then end in the same moment.
    private DateTime Now() =>
        DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()).UtcDateTime;

    /// <summary>So that no token lies in memory, and how long a look takes tells nothing of one.</summary>
    private readonly record struct TokenHash(UInt128 First, UInt128 Second)
    {
        public static TokenHash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
            return MemoryMarshal.Read<TokenHash>(hash);
        }
    }

    private static string NewJti() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
