using System.Collections.Concurrent;

namespace Pamps.Auth;

/// <summary>The logins themselves, one table a process. Each of its methods is atomic.</summary>
internal sealed class InMemoryLogins
{
    private readonly ConcurrentDictionary<long, InMemoryLogin> logins = new();
    private readonly Lock sweeping = new();
    private long last;
    private DateTime nextSweep;

    public long Add(InMemoryLogin login, DateTime now)
    {
        DropExpired(now);
        var id = Interlocked.Increment(ref last);
        logins[id] = login;
        return id;
    }

    public InMemoryLogin? Find(long id) => logins.GetValueOrDefault(id);

    public bool TryReplace(long id, LoginTokens read, LoginTokens next) =>
        Find(id) is { } login
        && login.Tokens == read
        && logins.TryUpdate(id, login with { Tokens = next }, login);

    public bool Remove(long id) => logins.TryRemove(id, out _);

    private void DropExpired(DateTime now)
    {
        lock (sweeping)
        {
            if (now < nextSweep)
            {
                return;
            }
            nextSweep = now.AddMinutes(1);
        }

        foreach (var (id, login) in logins)
        {
            if (login.Tokens.ExpiresUtc <= now)
            {
                // Not if it has been prolonged since.
                logins.TryRemove(KeyValuePair.Create(id, login));
            }
        }
    }
}

internal sealed record InMemoryLogin(long AccountId, string Stamp, LoginTokens Tokens);
