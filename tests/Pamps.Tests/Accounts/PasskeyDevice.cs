using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>Somebody's telephone or security key, with one passkey, and the browser that asks it (Web Authentication, CTAP 2).</summary>
internal sealed class PasskeyDevice : IDisposable
{
    public const string Site = "https://pamps.example.org";
    public const string Address = "/user/me/passkeys/";
    public const string Session = "/session/passkey/";

    /// <summary>User present, user verified.</summary>
    private const byte Unlocked = 0x05;
    private const byte HasKey = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string handle = "";

    public byte[] Id { get; set; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>How often it was used; one that does not count stays at 0.</summary>
    public uint Count { get; set; }
    public bool Counts { get; init; } = true;

    public string Origin { get; set; } = Site;
    public string Domain { get; set; } = "pamps.example.org";
    public byte Flags { get; set; } = Unlocked;
    public bool CrossOrigin { get; set; }
    public string? Handle { get; set; }

    /// <summary>Whether it signs what nobody asked it to.</summary>
    public bool Forges { get; set; }

    /// <summary>What the browser gives for what it is asked to make.</summary>
    public JsonObject Make(JsonNode options)
    {
        handle = (string)options["user"]!["id"]!;
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(
            Data((byte)(Flags | HasKey), [.. new byte[16], 0, (byte)Id.Length, .. Id, .. PublicKey()])
        );
        attestation.WriteEndMap();
        return Credential(
            new JsonObject
            {
                ["clientDataJSON"] = Text(ClientData("webauthn.create", options)),
                ["attestationObject"] = Text(attestation.Encode()),
                ["transports"] = new JsonArray("internal", "made up"),
            }
        );
    }

    /// <summary>What the browser gives when it is asked to sign in.</summary>
    public JsonObject Answer(JsonNode options)
    {
        Count += Counts ? 1u : 0;
        var client = ClientData("webauthn.get", options);
        var data = Data(Flags, []);
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(Forges ? [.. client, 0] : client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            new JsonObject
            {
                ["clientDataJSON"] = Text(client),
                ["authenticatorData"] = Text(data),
                ["signature"] = Text(signature),
                ["userHandle"] = Handle ?? handle,
            }
        );
    }

    /// <summary>Asks the server what to make, with the password.</summary>
    public static async Task<Answer> BeginAsync(Client user, string? code = null)
    {
        var begun = await user.PostAsync(
            $"{Address}options/",
            new { password = Client.DefaultPassword, code }
        );
        Assert.Equal(HttpStatusCode.OK, begun.Status);
        return begun;
    }

    /// <summary>Has the server keep what it makes for what the server has asked.</summary>
    public Task<Answer> AddAsync(Client user, Answer begun, string name = "My telephone") =>
        user.PostAsync(
            Address,
            new
            {
                name,
                state = (string)begun["state"]!,
                credential = Make(begun["options"]!),
            }
        );

    /// <summary>Adds a new one to an account.</summary>
    public static async Task<PasskeyDevice> OfAsync(Client user, string? code = null)
    {
        var device = new PasskeyDevice();
        Assert.Equal(
            HttpStatusCode.Created,
            (await device.AddAsync(user, await BeginAsync(user, code))).Status
        );
        return device;
    }

    /// <summary>Asks the server for a challenge, and answers with it and the cookie that goes with it.</summary>
    public static async Task<(JsonNode Options, string Cookie)> AskAsync(Browser browser)
    {
        var asked = await browser.SendAsync(HttpMethod.Get, Session);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal("no-store", asked.Header("Cache-Control"));
        var cookie = asked.Header("Set-Cookie")!;
        Assert.Matches("^pamps_passkey=[^;]+; max-age=300; path=/; samesite=strict; httponly$", cookie);
        return (asked["options"]!, Regex.Match(cookie, "^[^;]+").Value);
    }

    /// <summary>Signs in with what was made before.</summary>
    public static Task<Answer> SignInAsync(Browser browser, JsonNode credential, string cookie) =>
        browser.SendAsync(HttpMethod.Post, Session, new { credential }, ("Cookie", cookie));

    /// <summary>Signs in, and keeps nothing of the answer.</summary>
    public async Task<Answer> SignInAsync(Browser browser)
    {
        var (options, cookie) = await AskAsync(browser);
        return await SignInAsync(browser, Answer(options), cookie);
    }

    public void Dispose() => key.Dispose();

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private JsonObject Credential(JsonObject response) =>
        new()
        {
            ["id"] = Text(Id),
            ["rawId"] = Text(Id),
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        };

    private byte[] ClientData(string type, JsonNode options) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = (string)options["challenge"]!,
                ["origin"] = Origin,
                ["crossOrigin"] = CrossOrigin,
            }.ToJsonString()
        );

    private byte[] Data(byte flags, byte[] rest)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), flags, .. count, .. rest];
    }

    /// <summary>RFC 9053, section 7.1: P-256 for ES256.</summary>
    private byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }
}
