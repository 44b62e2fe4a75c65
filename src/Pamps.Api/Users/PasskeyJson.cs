using System.Text.Json;
using Pamps.Core.Users;

namespace Pamps.Api.Users;

/// <param name="Password">The caller's password.</param>
/// <param name="Code">A code of the authenticator app or a recovery code; where signing in takes one.</param>
internal sealed record PasskeyBegin(string? Password, string? Code = null)
{
    /// <summary>Leaves both out of logs and messages.</summary>
    public override string ToString() => nameof(PasskeyBegin);
}

/// <param name="Options">What <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> takes.</param>
/// <param name="State">To be sent back with what the browser has made, within five minutes.</param>
internal sealed record PasskeyBegunResponse(JsonElement Options, string State)
{
    public static PasskeyBegunResponse From(AskedPasskey x) => new(x.Options, x.State);

    /// <summary>Leaves the challenge out of logs and messages.</summary>
    public override string ToString() => nameof(PasskeyBegunResponse);
}

/// <param name="Name">What its owner calls it.</param>
/// <param name="State">As it was given.</param>
/// <param name="Credential">What <c>toJSON()</c> of what the browser has made gives (<c>RegistrationResponseJSON</c> of Web Authentication).</param>
internal sealed record PasskeyRequest(string? Name, string? State, JsonElement Credential)
{
    /// <summary>Leaves all out of logs and messages.</summary>
    public override string ToString() => nameof(PasskeyRequest);
}

/// <param name="Name">What its owner calls it.</param>
internal sealed record PasskeyChange(string? Name);

/// <param name="Password">The caller's password.</param>
internal sealed record PasskeyRemoval(string? Password)
{
    /// <summary>Leaves it out of logs and messages.</summary>
    public override string ToString() => nameof(PasskeyRemoval);
}

internal sealed record PasskeyResponse(long Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt)
{
    public static PasskeyResponse From(PasskeyView x) => new(x.Id, x.Name, x.CreatedAt, x.LastUsedAt);
}
