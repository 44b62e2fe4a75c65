using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Moderation;

/// <summary>An account that came from where another did.</summary>
/// <param name="Person">How it stands.</param>
/// <param name="NetworksCount">From how many of the same networks.</param>
/// <param name="LastAt">When it did last, UTC.</param>
public sealed record OtherAccountView(PersonView Person, int NetworksCount, DateTime LastAt);

/// <summary>Finds accounts that were registered or signed in to from the same networks as somebody's, as far as the security log goes back.</summary>
public sealed class FindOtherAccounts
{
    /// <summary>The most accounts that are found.</summary>
    public const int Most = 50;

    /// <summary>The newest networks of the person that are looked at.</summary>
    private const int MostNetworks = 10;

    /// <summary>So many of the newest rows of the person are looked through: failed sign-ins of strangers are among them.</summary>
    private const int MostOfPerson = 2_000;

    /// <summary>So many of the newest rows of each network.</summary>
    private const int MostOfNetwork = 500;

    private const string CameFrom =
        $"x.kind IN ('{SecurityEventKinds.SignIn}', '{SecurityEventKinds.AccountCreated}')";

    private readonly Writer writer;
    private readonly Sql sql;

    internal FindOtherAccounts(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>
    /// The accounts, whoever came last first. Many people can share a network: it shows nothing by itself. That it was asked is in the security
    /// log, with whom it was asked of. Refused to all but moderators, to them for themselves and for whoever is not below them, and when
    /// there is no such user; accounts that are not below them are left out.
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="username">Of whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OtherAccountView[]>> RunAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    )
    {
        if (!viewer.Role.May(Powers.Moderate))
        {
            return Error.ModeratorsOnly;
        }
        // Read before the write, which others wait for; nothing is shown that is not in the log.
        var person = await sql.FirstAsync(
            ModerationSql.Person(UserSql.HasName("@whom")),
            ModerationSql.ReadPerson,
            cancellationToken,
            ("whom", Names.Key(username))
        );
        if (person is null)
        {
            return Error.UserNotFound;
        }
        var id = person.User.Id;
        if (id == viewer.Id || !viewer.Role.IsAbove(person.Role))
        {
            return Error.NotBelow;
        }
        var networks = await sql.ListAsync(NetworksOf(id), row => row.GetString(0), cancellationToken);
        List<OtherAccountView> found =
            networks.Count == 0 ? [] : await sql.ListAsync(OthersFrom(networks, id), Read, cancellationToken);
        var logged = await writer.RunAsync<Done>(
            viewer,
            write =>
            {
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.AccountsCompared, id));
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken
        );
        return logged.IsRefused(out var error)
            ? error
            : found.Where(x => viewer.Role.IsAbove(x.Person.Role)).ToArray();
    }

    private static Statement NetworksOf(long userId) =>
        new(
            $"""
            SELECT x.network FROM (
                SELECT e.id, e.kind, e.network FROM security_event e
                WHERE e.user_id = @id ORDER BY e.id DESC LIMIT {MostOfPerson}
            ) x
            WHERE x.network IS NOT NULL AND {CameFrom}
            GROUP BY x.network ORDER BY max(x.id) DESC LIMIT {MostNetworks}
            """,
            ("id", userId)
        );

    private static Statement OthersFrom(List<string> networks, long userId)
    {
        var names = networks.Select((_, i) => $"network{i}").ToList();
        // Each by itself, so that one of many people takes the others no room.
        var rows = names.Select(x =>
            $"""
                SELECT * FROM (
                    SELECT e.user_id, e.kind, e.network, e.last_at FROM security_event e
                    WHERE e.network = @{x} ORDER BY e.id DESC LIMIT {MostOfNetwork}
                ) AS {x}
                """
        );
        return new Statement(
            $"""
            SELECT {ModerationSql.PersonColumns}, y.networks, y.last_at FROM (
                SELECT x.user_id, count(DISTINCT x.network) AS networks, max(x.last_at) AS last_at
                FROM ({string.Join("\nUNION ALL\n", rows)}) x
                WHERE {CameFrom} AND x.user_id <> @id
                GROUP BY x.user_id
            ) y JOIN "user" u ON u.id = y.user_id JOIN account a ON a.user_id = u.id
            WHERE {UserSql.IsHere}
            ORDER BY y.last_at DESC, u.id LIMIT {Most}
            """,
            [("id", userId), .. names.Select((x, i) => (x, (object?)networks[i]))]
        );
    }

    private static OtherAccountView Read(System.Data.Common.DbDataReader row) =>
        new(
            ModerationSql.ReadPerson(row),
            (int)row.GetInt64(ModerationSql.PersonCount),
            row.GetUtc(ModerationSql.PersonCount + 1)
        );
}
