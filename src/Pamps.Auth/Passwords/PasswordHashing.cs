using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Hashes and checks passwords with PBKDF2-HMAC-SHA512 as ASP.NET Core Identity's version 3 format
/// stores it; hashes by bcrypt are checked too (<see cref="BcryptHash"/>). At most <see cref="PampsAuthOptions.ParallelHashes"/> run at once, however many ask, and on
/// threads that give way to others, so that a flood of sign-ins leaves processors for everything else.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private static readonly object Nobody = new();

    private readonly IPasswordHasher<object> _hasher;
    private readonly ConcurrencyLimiter _gate;
    private readonly ConcurrencyLimiter _registrations;
    private readonly Lazy<string> _dummy;

    /// <summary>Makes a hasher with its own queue; one is enough for a process.</summary>
    /// <param name="options">How much work a hash is, and how many run and wait.</param>
    public PasswordHashing(IOptions<PampsAuthOptions> options)
        : this(options, x => new PasswordHasher<object>(Options.Create(x))) { }

    internal PasswordHashing(
        IOptions<PampsAuthOptions> options,
        Func<PasswordHasherOptions, IPasswordHasher<object>> makeHasher
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        _hasher = makeHasher(new PasswordHasherOptions { IterationCount = settings.PasswordIterations });
        _gate = Queue(settings.ParallelHashes, settings.WaitingHashes);
        _registrations = Queue(Math.Max(1, settings.ParallelHashes / 2), settings.WaitingHashes);
        _dummy = new Lazy<string>(() =>
            _hasher.HashPassword(Nobody, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)))
        );
    }

    /// <summary>Hashes a new password in its <see cref="PasswordForm"/>, with a salt of its own.</summary>
    /// <param name="password">Any text; what it must be like is the host's to say (<see cref="NewPasswordAttribute"/>).</param>
    /// <param name="cancellationToken">Ends the waiting; a hash that has begun is finished.</param>
    /// <returns>84 characters of base64, to be kept as they are.</returns>
    /// <exception cref="TooManySignInsException">Too many wait already.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(password);
        return RunAsync(
            () => _hasher.HashPassword(Nobody, PasswordForm.Of(password) ?? password),
            cancellationToken
        );
    }

    /// <summary>
    /// Hashes the password of somebody who registers, of whom nothing is known yet. They wait in a queue of their own, as long as
    /// the other, of which half as many at most stand in the other at a time: however many register, whoever signs in waits for
    /// few of them.
    /// </summary>
    /// <inheritdoc cref="HashAsync" />
    public async Task<string> HashForRegistrationAsync(string password, CancellationToken cancellationToken)
    {
        using var lease = await _registrations.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired
            ? await HashAsync(password, cancellationToken)
            : throw new TooManySignInsException();
    }

    /// <summary>
    /// Checks a password. Without a hash it does the same work against a hash of nothing anybody knows,
    /// so that time does not tell whether an account exists.
    /// </summary>
    /// <param name="hash">The account's hash; null when there is no account or it may not sign in.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellationToken">Ends the waiting; a check that has begun is finished.</param>
    /// <returns>
    /// Whether it is the password; a hash that is null or not of a known format is always
    /// <see cref="PasswordCheck.Wrong"/>.
    /// </returns>
    /// <exception cref="TooManySignInsException">Too many wait already.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<PasswordCheck> CheckAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(password);
        return RunAsync(() => Check(hash, password), cancellationToken);
    }

    /// <summary>Turns away everyone who still waits.</summary>
    public void Dispose()
    {
        _registrations.Dispose();
        _gate.Dispose();
    }

    private static ConcurrencyLimiter Queue(int atOnce, int waiting) =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = atOnce,
                QueueLimit = waiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );

    private PasswordCheck Check(string? hash, string password)
    {
        var form = PasswordForm.Of(password) ?? password;
        var found = CheckOne(hash, form);
        // Versions before the form hashed what was typed. Looked for whether or not there is a hash, which time must not tell.
        return
            found == PasswordCheck.Wrong
            && form != password
            && CheckOne(hash, password) != PasswordCheck.Wrong
            ? PasswordCheck.RightButOld
            : found;
    }

    private PasswordCheck CheckOne(string? hash, string password)
    {
        // Made whether or not this check needs it: else the first unknown name would take twice as long.
        var dummy = _dummy.Value;
        if (hash is not null && BcryptHash.Is(hash))
        {
            return BcryptHash.Matches(hash, password) ? PasswordCheck.RightButOld : PasswordCheck.Wrong;
        }

        if (string.IsNullOrEmpty(hash) || !Convert.TryFromBase64String(hash, new byte[hash.Length], out _))
        {
            _hasher.VerifyHashedPassword(Nobody, dummy, password);
            return PasswordCheck.Wrong;
        }

        return _hasher.VerifyHashedPassword(Nobody, hash, password) switch
        {
            PasswordVerificationResult.Success => PasswordCheck.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButOld,
            _ => PasswordCheck.Wrong,
        };
    }

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        using var lease = await _gate.AcquireAsync(1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new TooManySignInsException();
        }

        return await QuietThread.RunAsync(work);
    }
}
