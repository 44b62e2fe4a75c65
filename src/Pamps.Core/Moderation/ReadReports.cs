using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Core.Moderation;

/// <summary>Reads what moderators see: reports, and how somebody stands. Refused to all others.</summary>
public sealed class ReadReports
{
    private readonly Sql sql;

    internal ReadReports(Sql sql) => this.sql = sql;

    /// <summary>A page of reports of others: the open ones, oldest first; or those that are closed, newest first.</summary>
    public async Task<Result<Page<ReportView>>> ListAsync(
        Viewer viewer,
        bool open,
        PageRequest page,
        CancellationToken ct
    ) =>
        viewer.Role.May(Powers.Moderate)
            ? await ModerationSql
                .Reports(open)
                .ReadAsync(sql, page, open ? ListOrder.Oldest : ListOrder.Newest, ct, ("viewer", viewer.Id))
            : Error.ModeratorsOnly;

    /// <summary>A report of somebody else with what was reported, how the person stands, and what was done to them.</summary>
    public async Task<Result<WholeReport>> OneAsync(Viewer viewer, long id, CancellationToken ct)
    {
        if (!viewer.Role.May(Powers.Moderate))
        {
            return Error.ModeratorsOnly;
        }
        var report = await sql.FirstAsync(
            ModerationSql.One,
            ModerationSql.ReadReport,
            ct,
            ("id", id),
            ("viewer", viewer.Id)
        );
        var person = report is null ? null : await PersonAsync("u.id = @whom", report.Person.Id, ct);
        if (report is null || person is null)
        {
            return ModerationSql.ReportNotFound;
        }
        var posts = await sql.ListAsync(
            $"""
            SELECT q.post_id, q.text, q.date, q.visibility, {PostSql.IsKept("q.post_id")}
            FROM report_post q WHERE q.report_id = @id ORDER BY q.post_id
            """,
            ModerationSql.ReadPost,
            ct,
            ("id", id)
        );
        return new WholeReport(report, posts, person, await HistoryAsync(person.User.Id, new(), ct));
    }

    /// <summary>How the user of that name stands. Refused when there is none.</summary>
    public async Task<Result<PersonView>> PersonAsync(Viewer viewer, string username, CancellationToken ct)
    {
        if (!viewer.Role.May(Powers.Moderate))
        {
            return Error.ModeratorsOnly;
        }
        var person = await PersonAsync(UserSql.HasName("@whom"), Names.Key(username), ct);
        return person is null ? Error.UserNotFound : person;
    }

    /// <summary>
    /// A page of what was done to the user of that name, newest first; of oneself not by whom. Refused when there is none.
    /// </summary>
    public async Task<Result<Page<ModerationView>>> HistoryAsync(
        Viewer viewer,
        string username,
        PageRequest page,
        CancellationToken ct
    )
    {
        var person = await PersonAsync(viewer, username, ct);
        if (person.IsRefused(out var error))
        {
            return error;
        }
        var id = person.Value.User.Id;
        return id == viewer.Id
            ? ModerationView.ToThemselves(await HistoryAsync(id, page, ct, ModerationSql.IsTold))
            : await HistoryAsync(id, page, ct);
    }

    private Task<PersonView?> PersonAsync(string condition, object whom, CancellationToken ct) =>
        sql.FirstAsync(ModerationSql.Person(condition), ModerationSql.ReadPerson, ct, ("whom", whom));

    private Task<Page<ModerationView>> HistoryAsync(
        long userId,
        PageRequest page,
        CancellationToken ct,
        string where = "true"
    ) => ModerationSql.History(where).ReadAsync(sql, page, ListOrder.Newest, ct, ("of", userId));
}
