using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Pamps.Core;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>What one of the servers is just now.</summary>
internal enum Standing
{
    /// <summary>Nothing is known of it yet.</summary>
    Unknown,

    /// <summary>It replicates the primary, and is not far behind.</summary>
    Current,

    /// <summary>It replicates the primary, but too far behind.</summary>
    Behind,

    /// <summary>It is the primary itself.</summary>
    Primary,

    /// <summary>It cannot be reached, or is not one of these servers.</summary>
    Unfit,
}

/// <summary>A server to read from while it is a replica. It is asked again and again how far it has come.</summary>
internal sealed partial class Replica(
    string server,
    NpgsqlDataSource source,
    PostgresStatements statements,
    TimeSpan mostLag,
    Action onChange,
    TimeProvider time,
    ILogger<Replica> logger
) : IAsyncDisposable
{
    /// <remarks>
    /// One that has more than the server that was promoted cannot follow it, and stands at a position that the new primary
    /// reaches with other things: only who is being sent the log has the primary's. A role that may not see how far the
    /// sending has come sees at least that there is one.
    /// </remarks>
    private const string Question = """
        SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn(),
        EXISTS (SELECT FROM pg_stat_wal_receiver WHERE coalesce(status, 'streaming') = 'streaming')
        """;

    /// <summary>How long it has to answer; it has nothing to look for.</summary>
    private static readonly TimeSpan QuestionTime = TimeSpan.FromSeconds(1);

    /// <summary>How often it is asked while nobody waits.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is asked while somebody waits for it.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(1);

    private readonly Lock sync = new();
    private readonly SemaphoreSlim wanted = new(0, 1);
    private TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlLogSequenceNumber replayed;
    private NpgsqlLogSequenceNumber goal;
    private long goalSince;
    private Standing standing;
    private bool isFollowing;
    private volatile CancellationTokenSource away = new();

    /// <summary>Connections to it.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>What it is asked.</summary>
    public PostgresStatements Statements => statements;

    /// <summary>Cancelled when it is found not to answer; another one when it answers again.</summary>
    public CancellationToken Away => away.Token;

    public Standing Standing
    {
        get
        {
            lock (sync)
            {
                return standing;
            }
        }
    }

    /// <summary>Whether it is one to read from, and is being sent what the primary does.</summary>
    public bool Follows
    {
        get
        {
            lock (sync)
            {
                return standing == Standing.Current && isFollowing;
            }
        }
    }

    /// <summary>Up to where it shows what the primary did.</summary>
    public NpgsqlLogSequenceNumber Replayed
    {
        get
        {
            lock (sync)
            {
                return replayed;
            }
        }
    }

    /// <summary>Whether it may be read from by who needs all up to a position.</summary>
    public bool Has(NpgsqlLogSequenceNumber position)
    {
        lock (sync)
        {
            return standing == Standing.Current && isFollowing && replayed >= position;
        }
    }

    /// <summary>Hears how far the primary is.</summary>
    /// <returns>How long it has lacked something that the primary had; zero when it lacks only what is new.</returns>
    public TimeSpan Expect(NpgsqlLogSequenceNumber position)
    {
        lock (sync)
        {
            var lag = Lag;
            if (position < goal)
            {
                // A new primary need not have all that the old one had.
                goal = position;
            }
            else if (lag == TimeSpan.Zero)
            {
                (goal, goalSince) = (position, time.GetTimestamp());
            }
            return lag;
        }
    }

    /// <summary>Asks it at once, and returns when it has answered.</summary>
    public Task AskAsync()
    {
        lock (sync)
        {
            if (wanted.CurrentCount == 0)
            {
                wanted.Release();
            }
            return answered.Task;
        }
    }

    /// <summary>A connection to it broke. As long as it does not answer again, nothing is read from it.</summary>
    public void Broke(NpgsqlException exception)
    {
        // The next read must not meet the next of many that broke at the same moment.
        source.Clear();
        Become(Standing.Unfit, exception.Message);
    }

    /// <summary>Asks it how far it is, until cancelled.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await WatchOnceAsync(ct);
            }
            catch (Exception exception)
            {
                if (!ct.IsCancellationRequested)
                {
                    Become(Standing.Unfit, exception.GetBaseException().Message.ReplaceLineEndings(" "));
                }
                await Task.Delay(Idle, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        wanted.Dispose();
        statements.Dispose();
        away.Dispose();
    }

    /// <summary>Guarded by the lock.</summary>
    private TimeSpan Lag => replayed < goal ? time.GetElapsedTime(goalSince) : TimeSpan.Zero;

    private async Task WatchOnceAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        while (true)
        {
            var asking = statements.ReadAsync(connection, [new Statement(Question)], ahead: 0, HearAsync, ct);
            try
            {
                await asking.WaitAsync(QuestionTime, time, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                Become(Standing.Unfit, "It does not answer.");
                await away.CancelAsync();
                await asking;
            }
            await Task.Delay(Busy, time, ct);
            await wanted.WaitAsync(Idle, ct);
        }
    }

    private async Task<bool> HearAsync(DbDataReader row, CancellationToken ct)
    {
        await row.ReadAsync(ct);
        Hear(row.GetBoolean(0) ? row.GetFieldValue<NpgsqlLogSequenceNumber>(1) : null, row.GetBoolean(2));
        return true;
    }

    private void Hear(NpgsqlLogSequenceNumber? position, bool follows)
    {
        if (away.IsCancellationRequested)
        {
            away = new CancellationTokenSource();
        }
        TaskCompletionSource told;
        TimeSpan lag;
        lock (sync)
        {
            replayed = position ?? replayed;
            isFollowing = follows;
            lag = Lag;
            told = answered;
            answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        if (position is null)
        {
            Become(Standing.Primary, "");
        }
        else
        {
            Measures.SawReplica(server, lag);
            Become(lag > mostLag ? Standing.Behind : Standing.Current, "");
        }
        told.SetResult();
    }

    private void Become(Standing now, string reason)
    {
        var was = now;
        lock (sync)
        {
            if (standing == now)
            {
                return;
            }
            (was, standing) = (standing, now);
        }
        if (was == Standing.Primary || now == Standing.Primary)
        {
            onChange();
        }
        switch (now)
        {
            case Standing.Current:
                LogCurrent(server);
                break;
            case Standing.Primary:
                LogPrimary(server);
                break;
            case Standing.Behind:
                LogBehind(server, mostLag.TotalSeconds);
                break;
            case Standing.Unfit:
                LogUnfit(server, reason);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Server} is a replica, and is read from")]
    private partial void LogCurrent(string server);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Server} is the primary")]
    private partial void LogPrimary(string server);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The replica {Server} is more than {Seconds} s behind; others are read from"
    )]
    private partial void LogBehind(string server, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} is not read from: {Reason}")]
    private partial void LogUnfit(string server, string reason);
}
