using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Http.Accounts;

/// <summary>Tells Pamps.Auth where accounts live.</summary>
internal sealed class PampsAccounts(Logins logins) : IAccountStore
{
    public async Task<Account?> FindByNameAsync(
        string usernameOrEmail,
        CancellationToken cancellationToken
    ) =>
        await logins.FindAccountAsync(usernameOrEmail, cancellationToken) is { } found
            ? found.ToAccount()
            : null;

    public async Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        (await logins.FindAccountAsync(accountId, cancellationToken))?.ToAccount();

    public Task<bool> ReplaceHashAsync(
        long accountId,
        string oldHash,
        string newHash,
        CancellationToken cancellationToken
    ) => logins.RenewHashAsync(accountId, oldHash, newHash, cancellationToken);
}

/// <summary>Tells Pamps.Auth where logins live. What becomes of a refresh token is its rule.</summary>
internal sealed class PampsLogins(Logins logins, Caller caller, TimeProvider time) : LoginStore(time)
{
    public override async Task<long?> OpenAsync(
        long accountId,
        string passwordHash,
        string refreshJti,
        DateTime expiresUtc,
        string? client,
        CancellationToken cancellationToken
    )
    {
        var opened = await logins.OpenAsync(
            accountId,
            passwordHash,
            refreshJti,
            expiresUtc,
            client,
            caller.Network,
            caller.Language,
            caller.HasSecondFactor,
            cancellationToken
        );
        if (!opened.IsRefused(out var error))
        {
            return opened.Value;
        }
        return error.Exceeded?.RetryAfter is { } wait
            ? throw new TooManySignInsException(error.Message) { RetryAfter = wait }
            : null;
    }

    /// <summary>As the base, but asked at each request, and so remembered for a moment.</summary>
    public override async Task<SignedIn?> FindAsync(long loginId, CancellationToken cancellationToken) =>
        await logins.FindOwnerAsync(loginId, cancellationToken) is { } owner
            ? new SignedIn(owner.Id, owner.Username, owner.Superuser, loginId)
            {
                Role = owner.Role.ToWord(),
                Mark = AccountMark.Of(owner),
            }
            : null;

    protected override async Task<KeptLogin?> ReadAsync(long loginId, CancellationToken cancellationToken) =>
        await logins.FindAsync(loginId, cancellationToken) is { } login
            ? new KeptLogin(
                login.Account.ToAccount(),
                new LoginTokens(login.RefreshJti, login.ExpiresAt, login.PreviousJti, login.LastUsedAt)
            )
            : null;

    // When it was exchanged is written down by Core's clock, to the precision that both databases keep.
    protected override Task<bool> ExchangeAsync(
        long loginId,
        LoginTokens read,
        LoginTokens next,
        CancellationToken cancellationToken
    ) =>
        logins.ExchangeAsync(
            loginId,
            read.RefreshJti,
            next.RefreshJti,
            next.PreviousJti,
            next.ExpiresUtc,
            cancellationToken
        );

    public override Task EndAsync(long loginId, CancellationToken cancellationToken) =>
        logins.EndAsync(loginId, isReused: false, presentedJti: null, caller.Network, cancellationToken);

    public override Task EndAsync(long loginId, string presentedJti, CancellationToken cancellationToken) =>
        logins.EndAsync(loginId, isReused: false, presentedJti, caller.Network, cancellationToken);

    protected override Task<bool> DeleteAsync(long loginId, CancellationToken cancellationToken) =>
        logins.EndAsync(loginId, isReused: true, presentedJti: null, caller.Network, cancellationToken);
}

/// <summary>Lends Core the password hashing of Pamps.Auth, with its limit on how many run at once.</summary>
internal sealed class PampsPasswords(PasswordHashing hashing) : IPasswords
{
    public string? FormOf(string password) => PasswordForm.Of(password);

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        hashing.HashAsync(password, cancellationToken);

    public Task<string> HashForRegistrationAsync(string password, CancellationToken cancellationToken) =>
        hashing.HashForRegistrationAsync(password, cancellationToken);

    public bool IsHashOfElsewhere(string hash) => BcryptHash.Is(hash);

    public async Task<bool> IsRightAsync(string hash, string password, CancellationToken cancellationToken) =>
        await hashing.CheckAsync(hash, password, cancellationToken) != PasswordCheck.Wrong;
}

/// <summary>Lends Core the keys that Pamps.Auth derives from the secret.</summary>
internal sealed class PampsKeys(PurposeKeys keys) : Core.IPurposeKeys
{
    public ReadOnlySpan<byte> Of(string purpose) => keys.Of(purpose);
}

/// <summary>What lists need to know of an account, as the one number that comes with each look at a login.</summary>
internal static class AccountMark
{
    public static long Of(LoginOwner owner) => (owner.FiltersVersion * 2) + (owner.HasBookmarks ? 1 : 0);

    public static long FiltersVersion(long mark) => mark / 2;

    public static bool HasBookmarks(long mark) => mark % 2 == 1;
}

internal static class AccountMapping
{
    public static Account ToAccount(this SignInAccount account) =>
        new(account.Id, account.Username, account.PasswordHash, account.Active, account.Superuser)
        {
            Suspended = account.Suspended,
            Waits = account.Waits,
        };

    public static Core.Viewer ToViewer(this SignedIn me) =>
        new(me.AccountId, me.Username, me.Superuser, me.LoginId)
        {
            Fresh = me.Fresh,
            Role = Core.Roles.Parse(me.Role) ?? Core.Role.Member,
            FiltersVersion = AccountMark.FiltersVersion(me.Mark),
            HasBookmarks = AccountMark.HasBookmarks(me.Mark),
        };

    /// <summary>The same, with where the request comes from, for what the security log keeps, and the language of mail about it.</summary>
    public static Core.Viewer ToViewer(this SignedIn me, HttpContext context) =>
        me.ToViewer() with
        {
            Network = CallerNetwork.HashForLog(context),
            Language = CallerLanguage.Of(context.Request),
        };
}
