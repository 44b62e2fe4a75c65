using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>Somebody whom the framework's handler of passkeys is told of.</summary>
internal sealed record CeremonyUser(string Handle);

/// <summary>
/// Shows the framework's handler of passkeys, which takes them from ASP.NET Core Identity's stores, those that one ceremony is about.
/// It keeps nothing: what comes of a ceremony is the host's to keep.
/// </summary>
internal sealed class CeremonyUsers(string handle, IReadOnlyList<Passkey> passkeys)
    : IUserPasskeyStore<CeremonyUser>
{
    /// <summary>The manager that the handler wants, of which it only asks what is answered below.</summary>
    public UserManager<CeremonyUser> ToManager() =>
        new(
            this,
            Options.Create(new IdentityOptions()),
            null!,
            [],
            [],
            null!,
            null!,
            null!,
            NullLogger<UserManager<CeremonyUser>>.Instance
        );

    public Task<CeremonyUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(userId == handle ? new CeremonyUser(handle) : null);

    public Task<string> GetUserIdAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Handle);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        CeremonyUser user,
        CancellationToken cancellationToken
    ) => Task.FromResult<IList<UserPasskeyInfo>>([.. passkeys.Select(ToInfo)]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(
        CeremonyUser user,
        byte[] credentialId,
        CancellationToken cancellationToken
    )
    {
        var id = Base64Url.EncodeToString(credentialId);
        var found = passkeys.FirstOrDefault(x => x.CredentialId == id);
        return Task.FromResult(found is null ? null : ToInfo(found));
    }

    /// <summary>That no two have the same, the host sees to where it keeps them.</summary>
    public Task<CeremonyUser?> FindByPasskeyIdAsync(
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => Task.FromResult<CeremonyUser?>(null);

    public void Dispose() { }

    public Task AddOrUpdatePasskeyAsync(
        CeremonyUser user,
        UserPasskeyInfo passkey,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(
        CeremonyUser user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<string?> GetUserNameAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetUserNameAsync(CeremonyUser user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(
        CeremonyUser user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<CeremonyUser?> FindByNameAsync(
        string normalizedUserName,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    // The counter is shown as one that never counted: the host compares it where it keeps it, so that of two at once one is behind.
    private static UserPasskeyInfo ToInfo(Passkey passkey) =>
        new(
            Base64Url.DecodeFromChars(passkey.CredentialId),
            Base64Url.DecodeFromChars(passkey.PublicKey),
            createdAt: default,
            signCount: 0,
            transports: passkey.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
            isUserVerified: true,
            isBackupEligible: passkey.IsBackupEligible,
            isBackedUp: false,
            attestationObject: [],
            clientDataJson: []
        );
}
