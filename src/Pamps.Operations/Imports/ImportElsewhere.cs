using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Imports;

/// <summary>Takes in what somebody has from elsewhere, at once: what the job does for those who bring it themselves.</summary>
public sealed class ImportElsewhere
{
    private readonly ImportForeign foreign;
    private readonly ImportList list;
    private readonly Sql sql;
    private readonly TimeProvider time;

    internal ImportElsewhere(ImportForeign foreign, ImportList list, Sql sql, TimeProvider time) =>
        (this.foreign, this.list, this.sql, this.time) = (foreign, list, sql, time);

    /// <summary>Takes it in. Refused to all but superusers, when there is no such user, and when it is nothing that is known.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="username">Into whose account.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="visibility">Who may see its posts at most.</param>
    /// <param name="file">The file, which must be one that can go back.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Stops; the next time it goes on from there.</param>
    public async Task<Result<ImportReport>> RunAsync(
        Viewer viewer,
        string username,
        ImportKind kind,
        Visibility visibility,
        FileStream file,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.Superuser)
        {
            return Error.SuperuserOnly;
        }
        var into = await sql.FirstAsync(
            $"SELECT u.id, u.username FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@key")} AND {UserSql.IsSeen} AND {UserSql.IsActive}",
            row => new ImportInto(row.GetInt64(0), row.GetString(1), visibility, time.Now()),
            ct,
            ("key", Names.Key(username))
        );
        if (into is null)
        {
            return Error.UserNotFound;
        }
        try
        {
            // What follows computes for long: the caller's thread, which may be a screen's, stays free.
            var done = await Task.Run(
                () =>
                    kind == ImportKind.Archive
                        ? foreign.RunAsync(into, file, TellAsync, ct)
                        : list.RunAsync(into, kind, file, TellAsync, ct),
                ct
            );
            return done.Map(x => x.ToReport());
        }
        catch (Exception exception) when (ForeignFiles.IsOfFile(exception))
        {
            return new Error(
                ErrorKind.Invalid,
                "archive_damaged",
                $"This is nothing that can be taken in: {exception.Message}"
            );
        }

        Task<bool> TellAsync(long done, long total, Tally tally)
        {
            progress?.Report(new WorkProgress("items", done, total));
            return Task.FromResult(true);
        }
    }
}
