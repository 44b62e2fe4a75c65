using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Asks browsers to make and to use passkeys (Web Authentication), and checks their answers, by the framework's
/// <see cref="PasskeyHandler{TUser}"/>. A passkey is one that its device finds by itself, and that it uses only for who has unlocked it: so it is as much
/// as a password and a second factor. The host keeps what comes of it.
/// </summary>
public sealed class PasskeyCeremonies
{
    /// <summary>The most characters of what a browser answers; of what is longer nothing is read.</summary>
    public const int MostCharacters = 32_000;

    private const string Required = "required";
    private const string ToSignIn = "sign in";

    /// <summary>Random, so that who finds a key does not learn from it whose account it opens.</summary>
    private const int HandleSize = 32;

    /// <summary>As the standard has them; what else a browser says is not kept.</summary>
    private static readonly string[] KnownTransports =
    [
        "ble",
        "hybrid",
        "internal",
        "nfc",
        "smart-card",
        "usb",
    ];

    private readonly PasskeyState states;
    private readonly PasskeyOrigin? origin;
    private readonly IOptions<IdentityPasskeyOptions> rules;

    /// <summary>Makes one; one is enough for a process.</summary>
    /// <param name="options">Where passkeys are used.</param>
    /// <param name="keys">The key that authenticates challenges.</param>
    /// <param name="time">The clock.</param>
    public PasskeyCeremonies(IOptions<PampsAuthOptions> options, PurposeKeys keys, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        states = new PasskeyState(keys, time);
        origin = PasskeyOrigin.Parse(options.Value.PasskeyOrigin);
        rules = Options.Create(
            new IdentityPasskeyOptions
            {
                ServerDomain = origin?.Domain ?? "",
                AuthenticatorTimeout = PasskeyState.Lifetime,
                ResidentKeyRequirement = Required,
                UserVerificationRequirement = Required,
                // A request's Host header has no say.
                ValidateOrigin = x =>
                    ValueTask.FromResult(x.Origin == origin?.Origin && !x.CrossOrigin && x.TopOrigin is null),
            }
        );
    }

    /// <summary>Whether there are passkeys: <see cref="PampsAuthOptions.PasskeyOrigin"/> says where.</summary>
    public bool IsOpen => origin is not null;

    /// <summary>Asks somebody's browser to make a passkey.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="loginId">The login through which they ask: the answer comes through it.</param>
    /// <param name="username">What the device lists the passkey under.</param>
    /// <param name="passkeys">Those that they have: a device that has one makes no other.</param>
    /// <returns>What to ask.</returns>
    public async Task<PasskeyChallenge> BeginAddingAsync(
        long accountId,
        long loginId,
        string username,
        IReadOnlyList<Passkey> passkeys
    )
    {
        ArgumentNullException.ThrowIfNull(passkeys);
        var handle =
            passkeys.Count > 0
                ? passkeys[0].UserHandle
                : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(HandleSize));
        using var users = new CeremonyUsers(handle, passkeys).ToManager();
        var made = await new PasskeyHandler<CeremonyUser>(users, rules).MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = handle,
                Name = username,
                DisplayName = username,
            },
            new DefaultHttpContext()
        );
        return Seal(ToAdd(accountId, loginId), made.CreationOptionsJson, made.AttestationState!);
    }

    /// <summary>Reads what a browser that was asked so has made.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="loginId">The login.</param>
    /// <param name="answer">What came.</param>
    /// <returns>The passkey; null when the answer is not right, or came too late or through another login.</returns>
    public async Task<NewPasskey?> AddAsync(long accountId, long loginId, PasskeyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (
            !IsOpen
            || answer.Credential.Length > MostCharacters
            || states.Open(ToAdd(accountId, loginId), answer.State) is not { } opened
        )
        {
            return null;
        }
        using var users = new CeremonyUsers("", []).ToManager();
        var result = await new PasskeyHandler<CeremonyUser>(users, rules).PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                CredentialJson = answer.Credential,
                AttestationState = opened.Content,
                HttpContext = new DefaultHttpContext(),
            }
        );
        if (!result.Succeeded)
        {
            return null;
        }
        var made = result.Passkey;
        return new NewPasskey(
            new Passkey(
                accountId,
                Base64Url.EncodeToString(made.CredentialId),
                result.UserEntity.Id,
                Base64Url.EncodeToString(made.PublicKey),
                made.IsBackupEligible,
                string.Join(',', KnownTransports.Intersect(made.Transports ?? []))
            ),
            made.SignCount,
            opened.Id,
            opened.EndsUtc
        );
    }

    /// <summary>Asks a browser to sign in with a passkey that it finds, or its owner's telephone. It says nothing of any account.</summary>
    /// <returns>What to ask.</returns>
    public async Task<PasskeyChallenge> BeginSignInAsync()
    {
        using var users = new CeremonyUsers("", []).ToManager();
        var made = await new PasskeyHandler<CeremonyUser>(users, rules).MakeRequestOptionsAsync(
            user: null,
            new DefaultHttpContext()
        );
        return Seal(ToSignIn, made.RequestOptionsJson, made.AssertionState!);
    }

    /// <summary>Opens the challenge of an answer to that; null when it is not good.</summary>
    internal PasskeyState.Opened? Open(PasskeyAnswer answer) =>
        IsOpen ? states.Open(ToSignIn, answer.State) : null;

    /// <summary>Which passkey answers, in its one spelling; null when it cannot be told.</summary>
    internal static string? CredentialIdOf(PasskeyAnswer answer)
    {
        if (answer.Credential.Length > MostCharacters)
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(answer.Credential);
            return
                json.RootElement is { ValueKind: JsonValueKind.Object } credential
                && credential.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String
                && id.GetString() is { Length: > 0 } text
                && Base64Url.IsValid(text)
                ? Base64Url.EncodeToString(Base64Url.DecodeFromChars(text))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Checks an answer by the passkey that it names; null when it is not right.</summary>
    internal async Task<PasskeyProof?> CheckAsync(
        PasskeyState.Opened opened,
        PasskeyAnswer answer,
        Passkey passkey
    )
    {
        using var users = new CeremonyUsers(passkey.UserHandle, [passkey]).ToManager();
        var result = await new PasskeyHandler<CeremonyUser>(users, rules).PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                CredentialJson = answer.Credential,
                AssertionState = opened.Content,
                HttpContext = new DefaultHttpContext(),
            }
        );
        return result.Succeeded
            ? new PasskeyProof(passkey, result.Passkey.SignCount, opened.Id, opened.EndsUtc)
            : null;
    }

    private static string ToAdd(long accountId, long loginId) =>
        string.Create(CultureInfo.InvariantCulture, $"add to {accountId} by {loginId}");

    private PasskeyChallenge Seal(string purpose, string optionsJson, string state)
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException("There are no passkeys without PasskeyOrigin.");
        }
        using var options = JsonDocument.Parse(optionsJson);
        return new PasskeyChallenge(options.RootElement.Clone(), states.Seal(purpose, state));
    }
}
