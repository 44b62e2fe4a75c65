using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Instances;

/// <summary>Lets one copy of the server at a time do what need not be done by each.</summary>
public sealed class Leases
{
    private readonly Writer writer;

    internal Leases(Writer writer) => this.writer = writer;

    /// <summary>
    /// Takes a lease, unless it was taken less than its span ago. It is not given back: it runs out, so that one whose
    /// holder has died is free as soon as any other.
    /// </summary>
    /// <param name="name">The work's name, at most 64 characters.</param>
    /// <param name="span">How long nobody else may have it. Work that takes longer must bear a second one beside it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the work is the caller's now. Of several who ask at once, it is one's.</returns>
    public async Task<bool> TryTakeAsync(string name, TimeSpan span, CancellationToken cancellationToken)
    {
        var taken = await writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(
                    new Statement(
                        """
                        INSERT INTO lease AS l (name, until) VALUES (@name, @until)
                        ON CONFLICT (name) DO UPDATE SET until = excluded.until WHERE l.until <= @now
                        """,
                        ("name", name),
                        ("until", write.Now + span),
                        ("now", write.Now)
                    )
                ),
            cancellationToken
        );
        return taken.Value == 1;
    }
}
