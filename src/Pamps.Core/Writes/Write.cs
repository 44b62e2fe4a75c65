using System.Data.Common;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Writes;

/// <summary>
/// One run of an operation behind the gate: what it looks up, and what it leaves to be sent with the commit. An operation
/// looks and decides, and then says all that is to happen: so it costs one round trip and the commit's.
/// </summary>
internal sealed class Write
{
    private const string IsThere = "v.id = @viewer AND v.suspended_at IS NULL";

    private readonly Viewer? viewer;
    private readonly Allowance? allowance;
    private readonly bool isPrepaid;
    private readonly WriteTransaction transaction;
    private readonly WriteTools tools;
    private readonly CancellationToken cancellation;
    private readonly List<Statement> before = [];
    private List<SecurityEvent>? audited;
    private bool isGuarded;
    private bool isCountedAnyway;
    private Standing standing;

    public Write(
        Viewer? viewer,
        Allowance? allowance,
        bool isPrepaid,
        WriteTransaction transaction,
        WriteTools tools,
        DateTime now,
        CancellationToken cancellation
    )
    {
        // The operator has no account.
        this.viewer = viewer;
        (this.allowance, this.isPrepaid, this.transaction) = (allowance, isPrepaid, transaction);
        (this.tools, Now) = (tools, now);
        this.cancellation = cancellation;
        isGuarded = !HasAccount && Counted is null;
    }

    /// <summary>Who acts.</summary>
    /// <exception cref="InvalidOperationException">Nobody in particular does.</exception>
    public Viewer Viewer =>
        viewer ?? throw new InvalidOperationException("Nobody in particular writes this.");

    /// <summary>When the operation began, UTC: the time of all that it writes.</summary>
    public DateTime Now { get; }

    /// <summary>What differs between the databases.</summary>
    public Dialect Dialect => tools.Database.Dialect;

    /// <summary>Whether anything is left to be done with the commit: whoever changes something records it.</summary>
    public bool HasChanges => isCountedAnyway || transaction.Last.Count > 0;

    /// <summary>The refusal of who has had all that is allowed for now; to be asked after a look.</summary>
    public Error? Exceeded => Counted?.Check(standing, Now);

    /// <summary>
    /// A subquery for how many the viewer has of what the operation makes, to be asked with a look for which their user is locked;
    /// 0 where that is not limited.
    /// </summary>
    public string Has => allowance?.Total is { } total ? $"({total.Count})" : "0";

    /// <summary>The refusal of who has as many as they may.</summary>
    /// <param name="has">What <see cref="Has"/> gave.</param>
    public Error? Full(long has) => allowance?.Total?.Check(has);

    /// <summary>What is to be kept although the operation is refused; null when nothing is.</summary>
    public Statement? KeptIfRefused => Counted?.KeepFull(standing, Now);

    /// <summary>What the security log is to be told once this is durable.</summary>
    public IEnumerable<SecurityEvent> Audited => audited ?? [];

    /// <summary>A new id, larger than every one before.</summary>
    public long NewId() => tools.Ids.Next();

    /// <summary>
    /// Leaves a statement that locks rows to be sent with the next look, before it: the look then sees all that was done until
    /// the lock was had. Its rows are passed over. The look at the viewer, whose row stays as it is from then on, comes after it
    /// too, so that who waits for a lock holds nothing that the others want.
    /// </summary>
    public void Before(IEnumerable<Statement> locks) => before.AddRange(locks);

    /// <summary>The first row, or the type's default when there is none. What is left for the commit is not seen yet.</summary>
    public Task<T?> FirstAsync<T>(Statement statement, Func<DbDataReader, T> readRow) =>
        ReadAsync(statement, (rows, ct) => rows.FirstAsync(readRow, ct));

    /// <summary>All rows; the statement limits how many there can be. What is left for the commit is not seen yet.</summary>
    public Task<List<T>> ListAsync<T>(Statement statement, Func<DbDataReader, T> readRow) =>
        ReadAsync(statement, (rows, ct) => rows.ListAsync(readRow, ct));

    /// <summary>
    /// Runs statements at once, in one round trip: for what must be known or locked before the operation goes on.
    /// </summary>
    /// <returns>How many rows they changed together.</returns>
    public async Task<int> ExecuteAsync(params IReadOnlyList<Statement> statements)
    {
        await GuardAsync();
        foreach (var statement in statements)
        {
            tools.Reads.Echo(statement.Sql);
        }
        return await tools.Database.ExecuteAsync(statements, transaction.Transaction, cancellation);
    }

    /// <summary>Leaves statements to be run with the commit, after those that were left before.</summary>
    public void Then(params IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
        {
            tools.Reads.Echo(statement.Sql);
            transaction.Last.Add(statement);
        }
    }

    /// <summary>
    /// Says what happened. What must be true with it in the same transaction follows here, before whatever is left after this:
    /// the search's words, notifications, the row that consumers read.
    /// </summary>
    public void Record(DomainEvent happened)
    {
        foreach (var projection in tools.Projections)
        {
            projection.Apply(happened, this);
        }
    }

    /// <summary>Leaves to the security log, with the commit, what has been done.</summary>
    public void Audit(SecurityEvent happened)
    {
        (audited ??= []).Add(happened);
        if (tools.Log.Keep(happened, NewId(), Now) is { } row)
        {
            Then(row);
        }
    }

    /// <summary>Has the operation counted although it changes nothing: what it is counted for is done elsewhere.</summary>
    public void CountAnyway() => isCountedAnyway = true;

    /// <summary>What <see cref="Spend"/> has counted.</summary>
    public Counted Spent { get; private set; }

    /// <summary>
    /// Counts the operation as one more of what is limited, with the commit, and others ahead. To be called last, when it has
    /// changed something.
    /// </summary>
    /// <param name="wanted">How many to count, if there are enough.</param>
    /// <returns>The refusal, when it is one too many.</returns>
    public Error? Spend(int wanted)
    {
        if (Exceeded is { } error)
        {
            return error;
        }
        if (Counted is { } counted)
        {
            var count = counted.Ahead(wanted, standing, Now);
            Spent = counted.Count(count, standing, Now);
            Then(counted.Spend(count, standing, Now));
        }
        return null;
    }

    /// <summary>
    /// The condition on the viewer's row <c>v</c> for all that is written at once: that the account is neither closed nor gone, and
    /// that one more can be counted without a look.
    /// </summary>
    public string MayAtOnce =>
        Counted switch
        {
            null => IsThere,
            { KeepsTotal: true } => $"{IsThere} AND {Allowance.MayOneMoreOfKept}",
            _ => $"{IsThere} AND {Allowance.MayOneMore}",
        };

    /// <summary>A look for what is written at once, whose text names the condition <see cref="MayAtOnce"/>.</summary>
    public Statement LookAtOnce(string sql, params (string, object?)[] parameters) =>
        new(sql, [("viewer", Viewer.Id), .. Counted?.OneMore(Now) ?? [], .. parameters]);

    /// <summary>
    /// Refuses the operation when the viewer's account is closed or gone, and learns how it stands with what it may do. Asked with
    /// the first look, where there is one.
    /// </summary>
    /// <exception cref="ViewerGoneException">It is.</exception>
    public async Task GuardAsync()
    {
        if (!isGuarded)
        {
            isGuarded = true;
            var guard = Guard();
            tools.Reads.Echo(guard.Sql);
            await tools.Database.ReadAsync(guard, TakeGuardAsync, transaction.Transaction, cancellation);
        }
    }

    private async Task<T> ReadAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync
    )
    {
        var guards = !isGuarded;
        isGuarded = true;
        var guardAt = before.Count;
        List<Statement> all = [.. before, .. guards ? [Guard()] : Array.Empty<Statement>(), statement];
        before.Clear();
        foreach (var one in all)
        {
            tools.Reads.Echo(one.Sql);
        }
        if (all.Count == 1)
        {
            return await tools.Database.ReadAsync(
                statement,
                readAsync,
                transaction.Transaction,
                cancellation
            );
        }
        T? read = default;
        await tools.Database.ReadEachAsync(
            all,
            async (place, rows, ct) =>
            {
                if (place == guardAt && guards)
                {
                    await TakeGuardAsync(rows, ct);
                }
                else if (place == all.Count - 1)
                {
                    read = await readAsync(rows, ct);
                }
            },
            transaction.Transaction,
            cancellation
        );
        return read!;
    }

    /// <summary>What is counted with this; null where nothing is, or was before.</summary>
    private Allowance? Counted => isPrepaid ? null : allowance;

    private bool HasAccount => viewer is { Id: not 0 };

    /// <summary>
    /// The account can end or be closed between the token's check and the write. From here to the commit it cannot end, so that
    /// nothing is written for who has left.
    /// </summary>
    private Statement Guard() =>
        new(
            $"SELECT {(Counted is null ? "1" : Counted.Columns)}"
                + (
                    HasAccount
                        ? $" FROM \"user\" u WHERE u.id = @viewer AND u.suspended_at IS NULL{Dialect.ForKeyShare("u")}"
                        : ""
                ),
            [("viewer", viewer?.Id), .. Counted?.Parameters(Now) ?? []]
        );

    private async Task<bool> TakeGuardAsync(DbDataReader rows, CancellationToken ct)
    {
        if (!await rows.ReadAsync(ct))
        {
            throw new ViewerGoneException();
        }
        standing = Counted?.Read(rows) ?? default;
        return true;
    }
}

/// <summary>What every write needs.</summary>
internal sealed class WriteTools(
    IDatabase database,
    Sql reads,
    Ids ids,
    SecurityLog log,
    IEnumerable<IProjection> projections
)
{
    public IDatabase Database => database;

    public Sql Reads => reads;

    public Ids Ids => ids;

    public SecurityLog Log => log;

    /// <summary>In the order in which they follow an event.</summary>
    public IReadOnlyList<IProjection> Projections { get; } = [.. projections];
}

/// <summary>The viewer's account was closed or deleted while the request was on its way.</summary>
internal sealed class ViewerGoneException() : Exception("The viewer's account is closed or gone.");
