using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>How many sign-ins have failed within the window that the first of them began.</summary>
/// <param name="Count">How many.</param>
/// <param name="Left">How long until they are forgotten; zero when there are none.</param>
public readonly record struct CountedFailures(int Count, TimeSpan Left);

/// <summary>
/// Counts failed sign-ins, and remembers which addresses accounts were signed in to from, for all instances of the server
/// together.
/// </summary>
public sealed class SignInFailures
{
    /// <summary>How long an address is known that nobody signs in from any more.</summary>
    internal static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>How exactly that is kept: a sign-in a day writes it down, and no other.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromDays(1);

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly TimeProvider time;
    private readonly TimeSpan window;

    internal SignInFailures(Writer writer, Sql sql, PampsOptions options, TimeProvider time) =>
        (this.writer, this.sql, this.time, window) = (writer, sql, time, WindowOf(options));

    internal static TimeSpan WindowOf(PampsOptions options) =>
        TimeSpan.FromMinutes(options.Security.SignInFailureWindowMinutes);

    /// <summary>How many count now, for each key. Writes nothing: most who sign in have never failed.</summary>
    /// <param name="keys">Keyed hashes of names and addresses, of at most 64 characters; a few.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<CountedFailures>> ReadAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        var now = time.Now();
        var names = keys.Select((_, i) => $"key{i}").ToList();
        var found = await sql.ListAsync(
            $"""
            SELECT f.key, f.count, f.since FROM sign_in_failure f
            WHERE f.key IN ({string.Join(", ", names.Select(x => $"@{x}"))}) AND f.since > @start
            """,
            row => (Key: row.GetString(0), Counted: Count(row, now, first: 1)),
            cancellationToken,
            [.. names.Select((x, i) => (x, (object?)keys[i])), ("start", now - window)]
        );
        return [.. keys.Select(key => found.FirstOrDefault(x => x.Key == key).Counted)];
    }

    /// <summary>Counts one more for each key. Of several at once each gets another count, at whichever instance.</summary>
    /// <param name="keys">As above.</param>
    /// <param name="userId">Whose password was tried; null when there is no such account, or it is closed.</param>
    /// <param name="network">Where it came from, as <see cref="Viewer.Network"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The counts with this one.</returns>
    public async Task<IReadOnlyList<CountedFailures>> AddAsync(
        IReadOnlyList<string> keys,
        long? userId,
        string? network,
        CancellationToken cancellationToken
    )
    {
        var added = await writer.RunAsync<IReadOnlyList<CountedFailures>>(
            viewer: null,
            async write =>
            {
                var counted = new CountedFailures[keys.Count];
                for (var i = 0; i < keys.Count; i++)
                {
                    counted[i] = await write.FirstAsync(
                        new Statement(
                            """
                            INSERT INTO sign_in_failure AS f (key, count, since) VALUES (@key, 1, @now)
                            ON CONFLICT (key) DO UPDATE SET
                                count = CASE WHEN f.since > @start THEN f.count + 1 ELSE 1 END,
                                since = CASE WHEN f.since > @start THEN f.since ELSE excluded.since END
                            RETURNING count, since
                            """,
                            ("key", keys[i]),
                            ("now", write.Now),
                            ("start", write.Now - window)
                        ),
                        row => Count(row, write.Now, first: 0)
                    );
                }
                write.Audit(
                    new SecurityEvent(SecurityEventKinds.SignInFailed, userId, ActorId: null, network)
                );
                return counted;
            },
            cancellationToken
        );
        return added.Value;
    }

    /// <summary>Forgets those of a key; that there are none is no error.</summary>
    public Task ForgetAsync(string key, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(new Statement("DELETE FROM sign_in_failure WHERE key = @key", ("key", key)));
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken
        );

    /// <summary>Remembers an account's address.</summary>
    /// <param name="place">A keyed hash of both, of at most 64 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RememberAsync(string place, CancellationToken cancellationToken)
    {
        if (await IsRememberedAsync(place, time.Now() - Grain, cancellationToken))
        {
            return;
        }
        await writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(
                    new Statement(
                        """
                        INSERT INTO known_address (key, last_used_at) VALUES (@key, @now)
                        ON CONFLICT (key) DO UPDATE SET last_used_at = excluded.last_used_at
                        """,
                        ("key", place),
                        ("now", write.Now)
                    )
                );
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken
        );
    }

    /// <summary>Whether an account's address is remembered.</summary>
    public Task<bool> KnowsAsync(string place, CancellationToken cancellationToken) =>
        IsRememberedAsync(place, time.Now() - KnownFor, cancellationToken);

    private Task<bool> IsRememberedAsync(string place, DateTime since, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT 1 FROM known_address a WHERE a.key = @key AND a.last_used_at > @since",
            _ => true,
            cancellationToken,
            ("key", place),
            ("since", since)
        );

    private CountedFailures Count(System.Data.Common.DbDataReader row, DateTime now, int first) =>
        new(row.GetInt32(first), row.GetUtc(first + 1) + window - now);
}
