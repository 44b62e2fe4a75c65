using Npgsql;
using NpgsqlTypes;
using Pamps.Core;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>
/// Decides where a read goes: to a replica that has all that the primary had when the read came, else to the primary. So
/// nobody can tell a replica from the primary, whichever instance of the server they ask and whoever wrote what they look for.
/// </summary>
internal sealed class PostgresReplicas(
    PrimaryPosition primary,
    IReadOnlyList<Replica> servers,
    TimeProvider time
) : IAsyncDisposable
{
    /// <summary>How long a read waits for a replica to come as far as the primary, which takes it a few ms.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(25);

    /// <summary>A primary that takes longer than this to say where it is has no time, and replicas may lack anything.</summary>
    private static readonly TimeSpan PrimaryPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LagPeriod = TimeSpan.FromMilliseconds(500);

    private readonly Lock sync = new();
    private readonly CancellationTokenSource stopping = new();
    private Task? watching;
    private int turn;

    /// <summary>Those that are read from; there should be all but the primary.</summary>
    public ReplicaCount Count => new(servers.Count(x => x.Follows), servers.Count - 1);

    /// <summary>The replica to read from; null for the primary.</summary>
    public async ValueTask<Replica?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await FindAnyAsync(cancellationToken);
        Measures.ReadReplica(found is null ? "behind" : "replica");
        return found;
    }

    /// <summary>Begins to ask the servers what they are. Asked again, does nothing.</summary>
    public void Watch()
    {
        if (watching is null)
        {
            lock (sync)
            {
                watching ??= Task.WhenAll(
                    servers
                        .Select(x => Task.Run(() => x.WatchAsync(stopping.Token)))
                        .Append(Task.Run(() => TellLagAsync(stopping.Token)))
                );
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await (watching ?? Task.CompletedTask);
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
        stopping.Dispose();
    }

    private async Task<Replica?> FindAnyAsync(CancellationToken ct)
    {
        if (!servers.Any(x => x.Standing == Standing.Current))
        {
            return null;
        }
        try
        {
            var needed = await primary.AskAsync().WaitAsync(PrimaryPatience, time, ct);
            return await FirstToHaveAsync(needed, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (Exception exception) when (PostgresFaults.Find(exception) is { } fault)
        {
            // Nothing newer can be answered by anybody until there is a primary again.
            return PostgresFaults.IsAway(fault) ? Farthest() : null;
        }
    }

    private async Task<Replica?> FirstToHaveAsync(NpgsqlLogSequenceNumber needed, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (InTurn(x => x.Has(needed)) is { } found)
            {
                return found;
            }
            // One that has been behind for longer is not waited for.
            var soon = servers
                .Where(x => x.Follows && x.Expect(needed) < Patience)
                .Select(x => x.AskAsync())
                .ToList();
            var left = Patience - time.GetElapsedTime(began);
            if (soon.Count == 0 || left <= TimeSpan.Zero)
            {
                return null;
            }
            await Task.WhenAny(soon.Append(Task.Delay(left, time, ct)));
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Each in its turn, of those that fit.</summary>
    private Replica? InTurn(Func<Replica, bool> fits)
    {
        var first = (uint)Interlocked.Increment(ref turn);
        for (var i = 0u; i < servers.Count; i++)
        {
            var server = servers[(int)((first + i) % (uint)servers.Count)];
            if (fits(server))
            {
                return server;
            }
        }
        return null;
    }

    private Replica? Farthest() =>
        servers.Where(x => x.Standing == Standing.Current).MaxBy(x => (ulong)x.Replayed);

    /// <summary>Tells the replicas how far the primary is, when nobody reads.</summary>
    private async Task TellLagAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var position = await primary.AskAsync().WaitAsync(ct);
                foreach (var server in servers)
                {
                    server.Expect(position);
                }
            }
            catch (Exception)
            {
                // As far as it was known to be. Who reads meets the same, and tells of it.
            }
            await Task.Delay(LagPeriod, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
