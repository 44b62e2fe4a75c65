using System.Data.Common;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>A login as its owner sees it.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="CreatedAt">When it was opened, UTC.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC.</param>
/// <param name="LastUsedAt">When it was last refreshed, UTC; null when it never was.</param>
/// <param name="Client">The program that opened it, in its own words; null when it said nothing.</param>
/// <param name="IsCurrent">Whether the viewer asks through it.</param>
/// <param name="Program">The program that was let in, where it is one; else null.</param>
public sealed record LoginView(
    long Id,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    DateTime? LastUsedAt,
    string? Client,
    bool IsCurrent,
    ProgramView? Program
);

/// <summary>A program that somebody has let in.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Website">Where people read of it; or null.</param>
/// <param name="Scopes">What it may.</param>
public sealed record ProgramView(string Name, string? Website, IReadOnlyList<string> Scopes);

/// <summary>Lets a user see where they are signed in, and sign out there.</summary>
public sealed class OwnLogins
{
    private static readonly Error LoginNotFound = new(
        ErrorKind.NotFound,
        "login_not_found",
        "Login not found"
    );

    private readonly RevokingWriter writer;
    private readonly Sql sql;
    private readonly TimeProvider time;

    internal OwnLogins(RevokingWriter writer, Sql sql, TimeProvider time) =>
        (this.writer, this.sql, this.time) = (writer, sql, time);

    /// <summary>A page of the viewer's logins that are still good, newest first.</summary>
    public Task<Page<LoginView>> ListAsync(Viewer viewer, PageRequest page, CancellationToken ct)
    {
        var logins = new SqlList<LoginView>(
            "l.created_at, l.expires_at, l.last_used_at, l.client, p.name, p.website, g.scopes",
            "login l LEFT JOIN application_grant g ON g.login_id = l.id LEFT JOIN application p ON p.id = g.application_id",
            // Not a program that was let in and has not come.
            "l.expires_at > @now AND (g.id IS NULL OR g.token_hash IS NOT NULL)",
            "l.id",
            row => Read(row, viewer),
            of: "l.user_id"
        );
        return logins.ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id), ("now", time.Now()));
    }

    /// <summary>
    /// Ends one of the viewer's logins: its tokens open nothing from now on. Refused when the viewer has no such
    /// login; others' logins are none of the viewer's business, so they are not found either.
    /// </summary>
    public Task<Result<Done>> EndAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var ended = await write.ExecuteAsync(
                    new Statement(
                        "DELETE FROM login WHERE id = @id AND user_id = @user_id",
                        ("id", id),
                        ("user_id", viewer.Id)
                    )
                );
                if (ended == 0)
                {
                    return LoginNotFound;
                }
                write.Record(new LoginEnded(viewer.Id, id));
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.LoginEnded, viewer.Id));
                return new Done();
            },
            cancellationToken
        );

    private static LoginView Read(DbDataReader row, Viewer viewer) =>
        new(
            Id: row.GetInt64(0),
            CreatedAt: row.GetUtc(1),
            ExpiresAt: row.GetUtc(2),
            LastUsedAt: row.GetUtcOrNull(3),
            Client: row.GetStringOrNull(4),
            IsCurrent: row.GetInt64(0) == viewer.LoginId,
            Program: row.IsDBNull(5)
                ? null
                : new ProgramView(row.GetString(5), row.GetStringOrNull(6), row.GetString(7).Split(' '))
        );
}
