namespace Pamps.Auth;

/// <summary>The logins themselves, one table a process. Each of its methods is atomic.</summary>
internal sealed class InMemoryLogins
{
    private readonly Dictionary<long, InMemoryLogin> logins = [];
    private readonly Lock guard = new();
    private long last;
    private DateTime nextSweep;

    public long Add(InMemoryLogin login, DateTime now)
    {
        lock (guard)
        {
            if (now >= nextSweep)
            {
                DropExpired(now);
                nextSweep = now.AddMinutes(1);
            }

            logins.Add(++last, login);
            return last;
        }
    }

    public InMemoryLogin? Find(long id)
    {
        lock (guard)
        {
            return logins.GetValueOrDefault(id);
        }
    }

    public bool TryReplace(long id, string jti, InMemoryLogin next)
    {
        lock (guard)
        {
            if (!logins.TryGetValue(id, out var login) || login.Jti != jti)
            {
                return false;
            }

            logins[id] = next;
            return true;
        }
    }

    public bool Remove(long id)
    {
        lock (guard)
        {
            return logins.Remove(id);
        }
    }

    private void DropExpired(DateTime now)
    {
        foreach (var (id, login) in logins)
        {
            if (login.ExpiresUtc <= now)
            {
                logins.Remove(id);
            }
        }
    }
}

internal sealed record InMemoryLogin(long AccountId, string Stamp, string Jti, DateTime ExpiresUtc);
