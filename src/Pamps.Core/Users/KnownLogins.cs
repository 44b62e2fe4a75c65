using System.Collections.Concurrent;
using Pamps.Core.Instances;
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
}

/// <summary>
/// Remembers for a moment whom logins belong to, so that not every request of somebody who asks much reads the database.
/// What this process revokes is forgotten at once; what another revokes, when its notice comes, and in any case within
/// <see cref="Lifetime"/>.
/// </summary>
internal sealed class KnownLogins
{
    /// <summary>How long a login that another process has ended may still be good here.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>More than ask within a second on one machine.</summary>
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<long, Entry> kept = new();
    private readonly TimeProvider time;
    private long revocations;

    public KnownLogins(TimeProvider time, InstanceNotices notices)
    {
        this.time = time;
        notices.Revoked += Forget;
    }

    /// <summary>The owner, from memory or read; null when the login has ended or its account is closed.</summary>
    public async ValueTask<LoginOwner?> FindAsync(long loginId, Func<Task<LoginOwner?>> readAsync)
    {
        if (kept.TryGetValue(loginId, out var entry) && time.GetElapsedTime(entry.ReadAt) < Lifetime)
        {
            return entry.Owner.ExpiresAt > time.Now() ? entry.Owner : null;
        }

        var before = Interlocked.Read(ref revocations);
        var readAt = time.GetTimestamp();
        if (await readAsync() is not { } owner)
        {
            kept.TryRemove(loginId, out _);
            return null;
        }
        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }
        kept[loginId] = new Entry(owner, readAt);
        // What was read may be from before a revocation that has cleared the memory since.
        if (Interlocked.Read(ref revocations) != before)
        {
            kept.TryRemove(loginId, out _);
        }
        return owner;
    }

    /// <summary>Forgets all: revoking is rare, and to know whom it concerned is not.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref revocations);
        kept.Clear();
    }

    private readonly record struct Entry(LoginOwner Owner, long ReadAt);
}

/// <summary>The way through the gate for all that ends logins or changes what an account may do: it is true at once.</summary>
internal sealed class RevokingWriter(Writer writer, KnownLogins known, InstanceNotices others)
{
    /// <inheritdoc cref="Writer.RunAsync{T}(Viewer?, Func{Write, Task{Result{T}}}, CancellationToken)"/>
    public async Task<Result<T>> RunAsync<T>(
        Viewer? viewer,
        Func<Write, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // Not counted: whoever has another's token must not be able to keep them from ending it.
            return await writer.RunAsync(viewer, allowance: null, key: null, operation, cancellationToken);
        }
        finally
        {
            // After failures too: a connection that broke at the commit leaves unknown what was kept.
            known.Forget();
            others.Send(Notice.Revoked);
        }
    }
}
