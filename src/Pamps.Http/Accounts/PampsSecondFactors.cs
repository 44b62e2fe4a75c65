using Pamps.Auth;
using Pamps.Core.Users;

namespace Pamps.Http.Accounts;

/// <summary>Tells Pamps.Auth where second factors live.</summary>
internal sealed class PampsSecondFactors(CheckSecondFactor check, Caller caller) : ISecondFactorStore
{
    public async Task<SecondFactorCheck> CheckAsync(
        long accountId,
        string? code,
        CancellationToken cancellationToken
    )
    {
        if (!await check.IsAskedAsync(accountId, cancellationToken))
        {
            return SecondFactorCheck.NotAsked;
        }
        if (code is null)
        {
            return SecondFactorCheck.Missing;
        }
        var used = await check.RunAsync(accountId, code, caller.Network, caller.Language, cancellationToken);
        caller.HasSecondFactor = !used.IsRefused(out _);
        return caller.HasSecondFactor ? SecondFactorCheck.Right : SecondFactorCheck.Wrong;
    }
}

/// <summary>Lends Core the codes of Pamps.Auth.</summary>
internal sealed class PampsCodes : ISecondFactorCodes
{
    public byte[] NewSecret() => Totp.NewSecret();

    public string Show(ReadOnlySpan<byte> secret) => Totp.Show(secret);

    public string UriOf(ReadOnlySpan<byte> secret, string site, string account) =>
        Totp.UriOf(secret, site, account);

    public long? StepOf(ReadOnlySpan<byte> secret, string code, DateTime now) =>
        Totp.StepOf(secret, code, new DateTimeOffset(now));

    public IReadOnlyList<string> NewRecoveryCodes() => RecoveryCodes.New();

    public string? HashOf(long userId, string recoveryCode) => RecoveryCodes.HashOf(userId, recoveryCode);
}
