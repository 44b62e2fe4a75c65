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
    private readonly TimeProvider time;
    private readonly ILogger<PostgresBreaker> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly ITimer timer;

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
        TimeSpan patience,
        TimeProvider time,
        ILogger<PostgresBreaker> logger
    )
    {
        (this.time, this.logger) = (time, logger);
        Statements = new PostgresStatements(patience);
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

    /// <summary>What the primary is asked. They are held while the circuit is open.</summary>
    public PostgresStatements Statements { get; }

    private bool IsOpen => Statements.Held.IsCancellationRequested;

    /// <summary>Asks PostgreSQL for something, unless it is known not to answer.</summary>
    /// <param name="state">What the work needs; so that it needs no closure.</param>
    /// <param name="work">
    /// Asks. Its token is cancelled when the circuit opens; it is left to itself then, and must keep nothing any more,
    /// unless its commit had begun. Its statements run through <see cref="Statements"/>; that token is not for the driver.
    /// </param>
    /// <exception cref="DatabaseUnavailableException">The circuit is open, or has opened meanwhile.</exception>
    public async Task<T> RunAsync<TState, T>(TState state, Func<TState, CancellationToken, Task<T>> work)
    {
        var token = Statements.Held;
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
    public void ThrowIfOpen() => RefuseIfOpen(Statements.Held);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await timer.DisposeAsync();
        await probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        Statements.Dispose();
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

    private void ProbeSilence()
    {
        var since = Math.Max(Volatile.Read(ref lastAnswer), Volatile.Read(ref waitingSince));
        var isSilent = Volatile.Read(ref waiting) > 0 && time.GetElapsedTime(since) > Silence;
        // While it is open nobody waits. It is probed already, unless that broke off.
        if (isSilent || IsOpen)
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
            if (++inVain == ProbesInVain && !IsOpen)
            {
                await OpenAsync();
            }
            await Task.Delay(Pause, time, stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (IsOpen && !stopping.IsCancellationRequested)
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
        await Statements.HoldAsync();
    }

    private void Close(TimeSpan after)
    {
        Measures.CircuitClosed();
        LogClosed(after.TotalSeconds, Interlocked.Read(ref refused));
        Statements.Release();
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
