using System.Text.Json;

namespace Pamps.Core.Users;

/// <summary>Has browsers make passkeys, and checks what they made. The host gives the implementation.</summary>
public interface IPasskeyMaker
{
    /// <summary>Whether there are passkeys at all: browsers want a site that has said its address.</summary>
    bool IsOpen { get; }

    /// <summary>What the viewer's browser is asked, so that it makes none where it has one of these.</summary>
    Task<AskedPasskey> BeginAsync(
        Viewer viewer,
        IReadOnlyList<KeptPasskey> theirs,
        CancellationToken cancellationToken
    );

    /// <summary>What it made; null when that is not right, or came too late or through another login.</summary>
    /// <param name="viewer">Whose browser.</param>
    /// <param name="state">As of <see cref="AskedPasskey"/>.</param>
    /// <param name="credential">The browser's answer, as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<MadePasskey?> ReadAsync(
        Viewer viewer,
        string? state,
        string credential,
        CancellationToken cancellationToken
    );
}

/// <summary>What a browser is asked.</summary>
/// <param name="Options">The question, as browsers take it.</param>
/// <param name="State">To be sent back with the answer.</param>
public sealed record AskedPasskey(JsonElement Options, string State);

/// <summary>A passkey as it is kept. Nothing of it is secret.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="CredentialId">What its device calls it, in base64url; no two have the same.</param>
/// <param name="UserHandle">What its device knows the account by, in base64url.</param>
/// <param name="PublicKey">What its answers are checked with, in base64url.</param>
/// <param name="IsBackupEligible">Whether its owner's devices share it.</param>
/// <param name="Transports">How its device is reached, by commas.</param>
public sealed record KeptPasskey(
    long UserId,
    string CredentialId,
    string UserHandle,
    string PublicKey,
    bool IsBackupEligible,
    string Transports
);

/// <summary>A passkey that was made just now.</summary>
/// <param name="Passkey">The passkey.</param>
/// <param name="Used">How it was used.</param>
public sealed record MadePasskey(KeptPasskey Passkey, PasskeyAnswered Used);

/// <summary>An answer that is right.</summary>
/// <param name="SignCount">How often the device says to have used the passkey; 0 of one that does not count.</param>
/// <param name="Challenge">Names what it answers, in at most 64 characters.</param>
/// <param name="EndsAt">When nobody answers that any more, UTC.</param>
public sealed record PasskeyAnswered(long SignCount, string Challenge, DateTime EndsAt);

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
/// <param name="LastUsedAt">When it was last signed in with, UTC; null when it never was.</param>
public sealed record PasskeyView(long Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt);
