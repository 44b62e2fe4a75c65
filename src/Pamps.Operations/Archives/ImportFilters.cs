using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>Gives the account the filters of the archive's person. One that has filters keeps its own.</summary>
internal sealed class ImportFilters(RevokingWriter writer)
{
    public Task<Result<Done>> RunAsync(
        IReadOnlyList<ArchivedFilter> filters,
        long userId,
        CancellationToken ct
    ) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                write.LockUser(userId);
                var mayHave = await write.FirstAsync(
                    new Statement(
                        $"SELECT 1 FROM {UserSql.WithAccount} WHERE u.id = @id AND a.filters_version = 0",
                        ("id", userId)
                    ),
                    _ => true
                );
                if (mayHave && filters.Count > 0)
                {
                    foreach (var (change, expiresAt) in filters)
                    {
                        var filter = change.Applied(
                            new FilterView(
                                write.NewId(),
                                "",
                                FilterPlaces.None,
                                FilterAction.Warn,
                                ExpiresAt: null,
                                []
                            ),
                            write
                        );
                        write.Then(FilterRows.New(filter with { ExpiresAt = expiresAt }, userId));
                    }
                    write.Then(FilterRows.Changed(write, userId));
                }
                return new Done();
            },
            ct
        );
}
