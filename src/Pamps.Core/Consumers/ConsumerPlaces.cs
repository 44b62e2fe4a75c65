using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Streaming;
using Pamps.Core.Writes;

namespace Pamps.Core.Consumers;

/// <summary>Up to which event each consumer has come: the table <c>consumer</c>.</summary>
internal sealed class ConsumerPlaces(Writer writer, Sql sql, EventReader events)
{
    /// <summary>
    /// Where a consumer is; the end of all events when it is new. So it is for one that has come with a dump from another
    /// database server, whose numbers mean nothing here: they lie before it.
    /// </summary>
    public async Task<EventPlace> ReadAsync(string name, CancellationToken ct) =>
        await FindAsync(name, ct) ?? await BeginAsync(name, ct);

    /// <summary>Moves a consumer; answers whether it still was where it was thought to be.</summary>
    public async Task<bool> MoveAsync(string name, EventPlace from, EventPlace to, CancellationToken ct)
    {
        var moved = await writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(
                    new Statement(
                        """
                        UPDATE consumer SET tx = @to_tx, event_id = @to_id
                        WHERE name = @name AND tx = @tx AND event_id = @id
                        """,
                        ("name", name),
                        ("tx", from.Tx),
                        ("id", from.Id),
                        ("to_tx", to.Tx),
                        ("to_id", to.Id)
                    )
                ),
            ct
        );
        return moved.Value > 0;
    }

    private async Task<EventPlace?> FindAsync(string name, CancellationToken ct) =>
        await sql.FirstAsync(
            $"SELECT e.tx, e.event_id FROM consumer e WHERE e.name = @name AND {sql.Dialect.IsSettled}",
            row => (EventPlace?)new EventPlace(row.GetInt64(0), row.GetInt64(1)),
            ct,
            ("name", name)
        );

    private async Task<EventPlace> BeginAsync(string name, CancellationToken ct)
    {
        var newest = await events.NewestAsync(ct);
        await writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(
                    new Statement(
                        $"""
                        INSERT INTO consumer AS e (name, tx, event_id) VALUES (@name, @tx, @id)
                        ON CONFLICT (name) DO UPDATE SET tx = excluded.tx, event_id = excluded.event_id
                        WHERE NOT ({sql.Dialect.IsSettled})
                        """,
                        ("name", name),
                        ("tx", newest.Tx),
                        ("id", newest.Id)
                    )
                );
                return Task.FromResult<Result<Done>>(new Done());
            },
            ct
        );
        // Another instance may have been faster.
        return await FindAsync(name, ct) ?? newest;
    }
}
