using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>Reads what moderators did to oneself, and takes notice of it. Who of them it was is not told.</summary>
public sealed class ReadNotices
{
    private readonly Sql sql;
    private readonly Writer writer;

    internal ReadNotices(Sql sql, Writer writer) => (this.sql, this.writer) = (sql, writer);

    /// <summary>A page of it, newest first.</summary>
    public async Task<Page<ModerationView>> RunAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        ModerationView.ToThemselves(
            await ModerationSql
                .History(ModerationSql.IsTold)
                .ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id))
        );

    /// <summary>Takes notice of all up to an id.</summary>
    public Task<Result<Done>> MarkAsync(Viewer viewer, long upTo, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                await write.GuardAsync();
                write.Then(
                    new Statement(
                        "UPDATE moderation SET seen_at = @now WHERE user_id = @viewer AND id <= @up_to AND seen_at IS NULL",
                        ("now", write.Now),
                        ("viewer", viewer.Id),
                        ("up_to", upTo)
                    )
                );
                return new Done();
            },
            cancellationToken
        );
}
