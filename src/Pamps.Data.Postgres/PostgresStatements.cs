using System.Data;
using System.Data.Common;
using Npgsql;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>
/// Runs statements on one server, and keeps their time, in place of the driver. Those whose time has passed, or for whose answer
/// nobody waits any more, are stopped, and no thread of the pool ever waits for that, be the server dead.
/// </summary>
/// <remarks>
/// What a dead server keeps is connections. Once it answers again it is asked to stop what runs on them, and the driver breaks
/// each that says nothing half a second later. Else a machine that has another's place, and knows none of them, would leave
/// them waiting until the system gives up a quarter of an hour later.
/// </remarks>
/// <param name="usual">How long a statement may take that does not say.</param>
internal sealed class PostgresStatements(TimeSpan usual) : IDisposable
{
    private readonly StatementStopper stopper = new();

    /// <summary>Raised when connections that wait unused may be dead: one was, or nobody was answered for a while.</summary>
    public event Action? Doubted;

    /// <inheritdoc cref="StatementStopper.Held"/>
    public CancellationToken Held => stopper.Held;

    /// <summary>The server does not answer: all that runs is to be stopped, but not before it does.</summary>
    public Task HoldAsync() => stopper.HoldAsync();

    /// <summary>The server answers again.</summary>
    public void Release()
    {
        Doubted?.Invoke();
        stopper.Release();
    }

    /// <summary>Runs statements one after the other, in one journey, and reads the rows of the last.</summary>
    /// <param name="connection">The connection that they run on. It is open.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="ahead">How many before the last give rows.</param>
    /// <param name="readAsync">Reads its rows.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    public Task<T> ReadAsync<T>(
        NpgsqlConnection connection,
        IReadOnlyList<Statement> statements,
        int ahead,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            connection,
            statements,
            (ahead, readAsync),
            static async (batch, x, token) =>
            {
                await using var reader = await batch.ExecuteReaderAsync(token);
                for (var place = 0; place < x.ahead; place++)
                {
                    await reader.NextResultAsync(token);
                }
                return await x.readAsync(reader, token);
            },
            cancellationToken
        );

    /// <summary>Runs statements one after the other, in one journey.</summary>
    /// <returns>How many rows they changed together.</returns>
    public Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Statement> statements,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            connection,
            statements,
            0,
            static (batch, _, token) => batch.ExecuteNonQueryAsync(token),
            cancellationToken
        );

    /// <param name="connection">The connection that they run on. It is open.</param>
    /// <param name="statements">The statements, which run in one journey.</param>
    /// <param name="state">What the work needs; so that it needs no closure.</param>
    /// <param name="work">Runs them, and gives the driver the token that it is given.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <exception cref="NpgsqlException">Among others, with a <see cref="TimeoutException"/> inside: the time has passed.</exception>
    public async Task<T> RunAsync<TState, T>(
        NpgsqlConnection connection,
        IReadOnlyList<Statement> statements,
        TState state,
        Func<NpgsqlBatch, TState, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        var held = Held;
        await using var batch = PositionalSql.Batch(statements, connection);
        // Not disposed: it may still lie with the stopper, and holds nothing.
        var stop = new CancellationTokenSource();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held);
        using var asking = enough.Token.UnsafeRegister(
            static x =>
            {
                var (stopper, statement) = ((StatementStopper, CancellationTokenSource))x!;
                stopper.Stop(statement);
            },
            (stopper, stop)
        );
        enough.CancelAfter(PatienceWith(statements));
        try
        {
            return await work(batch, state, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (connection.FullState == ConnectionState.Broken && !held.IsCancellationRequested)
            {
                Doubted?.Invoke();
            }
            const string message = "PostgreSQL does not answer in time.";
            throw new NpgsqlException(message, new TimeoutException(message));
        }
    }

    public void Dispose() => stopper.Dispose();

    /// <summary>
    /// How long statements may take that go together: as long as the most patient of them, and longer than PostgreSQL itself
    /// may work on one; as any other where none says.
    /// </summary>
    private TimeSpan PatienceWith(IReadOnlyList<Statement> statements)
    {
        var most = usual;
        for (var place = 0; place < statements.Count; place++)
        {
            var statement = statements[place];
            if (statement.Patience == TimeSpan.Zero)
            {
                return Timeout.InfiniteTimeSpan;
            }
            if ((statement.Patience ?? (statement.Budget + TimeSpan.FromSeconds(2))) is { } own && own > most)
            {
                most = own;
            }
        }
        return most;
    }
}
