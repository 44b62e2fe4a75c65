using System.Collections.Concurrent;
using Pamps.Core.Instances;
using Pamps.Core.Limits;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Who a login belongs to.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The user's name.</param>
/// <param name="Superuser">Whether it is a superuser.</param>
/// <param name="ExpiresAt">When the login ends by itself, UTC.</param>
public sealed record LoginOwner(long Id, string Username, bool Superuser, DateTime ExpiresAt)
{
    /// <summary>What the user is to the site.</summary>
    public Role Role { get; init; }

    /// <summary>As <see cref="Viewer.FiltersVersion"/>.</summary>
    public long FiltersVersion { get; init; }

    /// <summary>As <see cref="Viewer.HasBookmarks"/>.</summary>
    public bool HasBookmarks { get; init; }
}

/// <summary>What the token of a program opens.</summary>
/// <param name="Owner">Whose it is; null for one of the program itself.</param>
/// <param name="LoginId">The login that ends with it; 0 for one of the program itself.</param>
/// <param name="ApplicationId">The program.</param>
/// <param name="Scopes">What it was allowed.</param>
public sealed record KnownToken(
    LoginOwner? Owner,
    long LoginId,
    long ApplicationId,
    IReadOnlyList<string> Scopes
);

/// <summary>
/// Remembers for a moment whom logins and programs' tokens belong to, so that not every request of somebody who asks much reads the
/// database. What this process revokes is forgotten at once; what another revokes, when its notice comes, and in any case within
/// <see cref="Lifetime"/>.
/// </summary>
internal sealed class KnownLogins
{
    /// <summary>How long a login that another process has ended may still be good here.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>More than ask within a second on one machine.</summary>
    private const int MaxKept = 10_000;

    private readonly Kept<long, LoginOwner> logins;
    private readonly Kept<string, KnownToken> tokens;

    public KnownLogins(TimeProvider time, InstanceNotices notices)
    {
        logins = new(time, owner => owner.ExpiresAt);
        tokens = new(time, token => token.Owner?.ExpiresAt ?? DateTime.MaxValue);
        notices.Revoked += Forget;
    }

    /// <summary>The owner, from memory or read; null when the login has ended or its account is closed.</summary>
    public ValueTask<LoginOwner?> FindAsync(long loginId, Func<Task<LoginOwner?>> readAsync) =>
        logins.FindAsync(loginId, readAsync);

    /// <summary>The same of the token that has this hash.</summary>
    public ValueTask<KnownToken?> FindAsync(string tokenHash, Func<Task<KnownToken?>> readAsync) =>
        tokens.FindAsync(tokenHash, readAsync);

    /// <summary>Forgets all: revoking is rare, and to know whom it concerned is not.</summary>
    public void Forget()
    {
        logins.Forget();
        tokens.Forget();
    }

    private sealed class Kept<TKey, TValue>(TimeProvider time, Func<TValue, DateTime> expiresAt)
        where TKey : notnull
        where TValue : class
    {
        private readonly ConcurrentDictionary<TKey, (TValue Value, long ReadAt)> kept = new();
        private long revocations;

        public async ValueTask<TValue?> FindAsync(TKey key, Func<Task<TValue?>> readAsync)
        {
            if (kept.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.ReadAt) < Lifetime)
            {
                return expiresAt(entry.Value) > time.Now() ? entry.Value : null;
            }

            var before = Interlocked.Read(ref revocations);
            var readAt = time.GetTimestamp();
            if (await readAsync() is not { } value)
            {
                kept.TryRemove(key, out _);
                return null;
            }
            if (kept.Count >= MaxKept)
            {
                kept.Clear();
            }
            kept[key] = (value, readAt);
            // What was read may be from before a revocation that has cleared the memory since.
            if (Interlocked.Read(ref revocations) != before)
            {
                kept.TryRemove(key, out _);
            }
            return value;
        }

        public void Forget()
        {
            Interlocked.Increment(ref revocations);
            kept.Clear();
        }
    }
}

/// <summary>The way through the gate for all that ends logins or changes what an account may do: it is true at once.</summary>
internal sealed class RevokingWriter(Writer writer, KnownLogins known, InstanceNotices others)
{
    /// <inheritdoc cref="Writer.RunAsync{T}(Viewer?, Func{Write, Task{Result{T}}}, CancellationToken)"/>
    /// <remarks>Not counted: whoever has another's token must not be able to keep them from ending it.</remarks>
    public Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) =>
        ForgetAfterAsync(() =>
            writer.RunAsync(viewer, allowance: null, key: null, operation, cancellationToken)
        );

    /// <summary>The same for what ends nothing, and is counted as all else is.</summary>
    public Task<Result<T>> RunAsync<T>(
        Viewer viewer,
        Deed deed,
        IdempotencyKey? key,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) => ForgetAfterAsync(() => writer.RunAsync(viewer, deed, key, operation, cancellationToken));

    private async Task<Result<T>> ForgetAfterAsync<T>(Func<Task<Result<T>>> run)
    {
        try
        {
            return await run();
        }
        finally
        {
            // After failures too: a connection that broke at the commit leaves unknown what was kept.
            known.Forget();
            others.Send(Notice.Revoked);
        }
    }
}
