using Microsoft.Extensions.Logging;
using Npgsql;
using Pamps.Core;
using Pamps.Core.Writes;

namespace Pamps.Data.Postgres;

/// <summary>
/// A circuit breaker: once PostgreSQL does not answer at all, requests are refused at once instead of waiting in line for
/// it. A statement may be slow by itself, so no failure opens the circuit: failures, and a silence while somebody waits, only
/// make a probe ask on a connection of its own. Probes in vain open it; they go on asking, and the first answer closes it.
/// </summary>
/// <remarks>
/// Polly's breaker counts the failures of the requests themselves and lets one of them try again; here both is what must
/// not happen.
/// </remarks>
internal sealed partial class PostgresBreaker : IAsyncDisposable
{
    /// <summary>Somebody waits, and nobody was answered for so long: reason enough to ask.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = Silence / 4;

    /// <summary>How long a probe waits; in whole seconds, as the driver takes it.</summary>
    private const int ProbeSeconds = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>One alone may be this process's fault, when it stood still itself.</summary>
    private const int ProbesInVain = 2;

    private readonly string probe;
    private readonly string patientProbe;
    private readonly int maxConnections;
    private readonly TimeProvider time;
    private readonly ILogger<PostgresBreaker> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly ITimer timer;

    /// <summary>Cancelled while the circuit is open; another one each time it has been closed.</summary>
    private volatile CancellationTokenSource opened = new();
    private Exception? fault;
    private long refused;
    private int waiting;
    private long lastAnswer;

    /// <summary>When somebody began to wait whom nobody else waited beside.</summary>
    private long waitingSince;
    private int isProbing;
    private Task probing = Task.CompletedTask;

    public PostgresBreaker(
        NpgsqlConnectionStringBuilder connection,
        TimeProvider time,
        ILogger<PostgresBreaker> logger
    )
    {
        (this.time, this.logger) = (time, logger);
        maxConnections = connection.MaxPoolSize;
        var asking = new NpgsqlConnectionStringBuilder(PostgresServers.OwnSession(connection, "pamps probe"))
        {
            // Of several servers the driver asks which is the primary, and has whole seconds less than this for it; none
            // would be no limit.
            Timeout = PostgresServers.AreSeveral(connection) ? ProbeSeconds + 1 : ProbeSeconds,
            CommandTimeout = ProbeSeconds,
        };
        probe = asking.ToString();
        asking.Timeout = Math.Max(asking.Timeout, connection.Timeout);
        patientProbe = asking.ToString();
        timer = time.CreateTimer(_ => ProbeSilence(), null, Look, Look);
    }

    /// <summary>Asks PostgreSQL for something, unless it is known not to answer.</summary>
    /// <param name="state">What the work needs; so that it needs no closure.</param>
    /// <param name="work">
    /// Asks. Its token is cancelled when the circuit opens; it is left to itself then, and must keep nothing any more,
    /// unless its commit had begun. It must not give that token to the driver, which would ask the same server, on a
    /// blocked thread, to cancel.
    /// </param>
    /// <exception cref="DatabaseUnavailableException">The circuit is open, or has opened meanwhile.</exception>
    public async Task<T> RunAsync<TState, T>(TState state, Func<TState, CancellationToken, Task<T>> work)
    {
        var token = opened.Token;
        RefuseIfOpen(token);
        if (Interlocked.Increment(ref waiting) == 1)
        {
            Volatile.Write(ref waitingSince, time.GetTimestamp());
        }
        try
        {
            var answer = await work(state, token).WaitAsync(token);
            Volatile.Write(ref lastAnswer, time.GetTimestamp());
            return answer;
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == token)
        {
            RefuseIfOpen(token);
            throw;
        }
        catch (Exception exception) when (PostgresFaults.Find(exception) is { } met)
        {
            if (PostgresFaults.IsAnswer(met))
            {
                Volatile.Write(ref lastAnswer, time.GetTimestamp());
            }
            else
            {
                Probe();
            }
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <exception cref="DatabaseUnavailableException">The circuit is open.</exception>
    public void ThrowIfOpen() => RefuseIfOpen(opened.Token);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await timer.DisposeAsync();
        await probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opened.IsCancellationRequested)
        {
            // The process may go on without this server.
            AddThreads(-maxConnections);
        }
        stopping.Dispose();
        opened.Dispose();
    }

    private void RefuseIfOpen(CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            Interlocked.Increment(ref refused);
            Measures.RefusedByCircuit();
            throw new DatabaseUnavailableException("PostgreSQL does not answer.", fault);
        }
    }

    /// <summary>
    /// The driver's own time-out is no help: when it has passed, the driver asks the same server to cancel the statement, and
    /// waits for that as long as it would to connect.
    /// </summary>
    private void ProbeSilence()
    {
        var since = Math.Max(Volatile.Read(ref lastAnswer), Volatile.Read(ref waitingSince));
        var isSilent = Volatile.Read(ref waiting) > 0 && time.GetElapsedTime(since) > Silence;
        // While it is open nobody waits. It is probed already, unless that broke off.
        if (isSilent || opened.IsCancellationRequested)
        {
            Probe();
        }
    }

    /// <summary>Finds out whether PostgreSQL answers, unless that is being found out already.</summary>
    private void Probe()
    {
        if (Interlocked.Exchange(ref isProbing, 1) == 0)
        {
            probing = Task.Run(ProbeUntilAnsweredAsync, CancellationToken.None);
        }
    }

    private async Task ProbeUntilAnsweredAsync()
    {
        try
        {
            await AskUntilAnsweredAsync();
        }
        finally
        {
            Volatile.Write(ref isProbing, 0);
        }
    }

    private async Task AskUntilAnsweredAsync()
    {
        var started = time.GetTimestamp();
        for (var inVain = 0; !stopping.IsCancellationRequested; )
        {
            // Once it is open there is time, and a server may be one that takes its time to let anybody in.
            if (await FindFaultAsync(inVain < ProbesInVain ? probe : patientProbe) is not { } found)
            {
                break;
            }
            // Who waits for a pooler's next free session may hear nothing while others do.
            if (inVain < ProbesInVain && Volatile.Read(ref lastAnswer) > started)
            {
                break;
            }
            fault = found;
            if (++inVain == ProbesInVain && !opened.IsCancellationRequested)
            {
                await OpenAsync();
            }
            await Task.Delay(Pause, time, stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (opened.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            Close(time.GetElapsedTime(started));
        }
    }

    /// <summary>Why PostgreSQL does not answer; null when it does, be it with a refusal.</summary>
    private async Task<Exception?> FindFaultAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(stopping.Token);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(stopping.Token);
            return null;
        }
        catch (NpgsqlException exception) when (PostgresFaults.IsAnswer(exception))
        {
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private async Task OpenAsync()
    {
        LogOpened(fault!.GetBaseException().Message.ReplaceLineEndings(" "));
        Interlocked.Exchange(ref refused, 0);
        Measures.CircuitOpened();
        AddThreads(maxConnections);
        await opened.CancelAsync();
    }

    private void Close(TimeSpan after)
    {
        AddThreads(-maxConnections);
        Measures.CircuitClosed();
        LogClosed(after.TotalSeconds, Interlocked.Read(ref refused));
        opened = new CancellationTokenSource();
    }

    /// <summary>
    /// Each statement that was given up soon blocks a thread of the pool: see above. Without more of them none would be left
    /// to refuse anybody.
    /// </summary>
    /// <remarks>
    /// The driver (Npgsql 10) has no setting that spares it. A <c>Cancellation Timeout</c> of -1 only says what comes after
    /// the request to cancel, which is sent all the same, by a blocking call on the thread that met the time-out, or on the
    /// one that cancelled the token. To cancel beforehand on threads of our own would not do: a time-out that passes
    /// meanwhile waits for the lock that they hold. And the socket of a connection in use cannot be had to close it. What is
    /// left is to keep the time of every statement ourselves; until the driver can go without the request, or sends it
    /// asynchronously, more threads for as long as the circuit is open are the lesser evil.
    /// </remarks>
    private static void AddThreads(int more)
    {
        ThreadPool.GetMinThreads(out var workers, out var io);
        ThreadPool.SetMinThreads(workers + more, io);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "PostgreSQL does not answer; requests are refused until it does: {Reason}"
    )]
    private partial void LogOpened(string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "PostgreSQL answers again after {Seconds:0.0} s, in which {Refused} requests were refused"
    )]
    private partial void LogClosed(double seconds, long refused);
}
