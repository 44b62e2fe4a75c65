using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Notifications;
using Pamps.Tests.Properties;
using Pamps.Tests.Streaming;

namespace Pamps.Tests.Plans;

/// <summary>A server with enough rows that the databases choose indexes as they would at size.</summary>
internal sealed class FilledServer : IAsyncDisposable
{
    public const int Users = 2000;
    public const int Count = 20_000;
    public const long FirstPost = 1_000_000;
    public const long BusyUser = 1;
    public const long BusyPost = FirstPost;
    public const string BusyTag = "pampas";
    public const long Middle = FirstPost + (Count / 2);

    /// <summary>Of the hash that a file is called by, what stands before the seven digits of a post's id.</summary>
    private static readonly string Zeros = new('0', 57);

    /// <summary>Above the ids of all other pictures.</summary>
    private const long Profiles = 1L << 50;

    private FilledServer(PampsServer pamps, Statements statements, DbConnection connection) =>
        (Pamps, Statements, Connection) = (pamps, statements, connection);

    public PampsServer Pamps { get; }

    /// <summary>The SQL that the server runs.</summary>
    public Statements Statements { get; }

    /// <summary>For looking at plans.</summary>
    public DbConnection Connection { get; }

    /// <summary>Follows hundreds of users, and all users follow them.</summary>
    public Client Reader { get; private set; } = null!;

    /// <summary>Follows few.</summary>
    public Client Newcomer { get; private set; } = null!;

    public static async Task<FilledServer> StartAsync(
        Database database,
        Action<IServiceCollection>? services = null
    )
    {
        var statements = new Statements();
        var pamps = await PampsServer.StartAsync(
            database,
            change: x =>
            {
                x.Db.Echo = true;
                // What they cost is looked at, too.
                x.Limits = new();
                x.Outgoing.Enabled = true;
                x.Site.Address = PasskeyDevice.Site;
            },
            services: x =>
            {
                statements.Use(x);
                services?.Invoke(x);
            }
        );
        var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        var server = new FilledServer(pamps, statements, connection);
        await server.FillAsync();
        if (database == Database.Postgres)
        {
            // As it does by itself before long. SQLite plans without counting.
            await connection.ReadAsync("VACUUM ANALYZE", []);
        }
        statements.Take();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        Newcomer.Dispose();
        await Connection.DisposeAsync();
        await Pamps.DisposeAsync();
        Statements.Dispose();
    }

    private async Task FillAsync()
    {
        Reader = await Pamps.RegisterAsync();
        Newcomer = await Pamps.RegisterAsync();
        await Rows.AddUsersAsync(Pamps, [.. Enumerable.Range(1, Users).Select(x => (long)x)]);
        // A fiftieth of everything is the busy user's or the busy post's, and lies scattered among the rest.
        await Rows.AddPostsAsync(
            Pamps,
            Each(i =>
                (
                    FirstPost + i,
                    i % 50 < 2 ? BusyUser : Other(i),
                    i % 50 is 1 or 20 ? BusyPost
                    : i % 6 == 1 ? FirstPost + (i / 2)
                    : (long?)null
                )
            )
        );
        await Rows.AddLikesAsync(
            Pamps,
            Each(i =>
                    (
                        FirstPost + i,
                        i % 50 == 1 ? BusyUser : Other(i),
                        i % 50 == 2 ? BusyPost : FirstPost + (i * 31L % Count)
                    )
                )
                .DistinctBy(x => (x.Item2, x.Item3))
        );
        await Rows.AddFollowsAsync(
            Pamps,
            Each(i =>
                    (
                        FirstPost + i,
                        i % 50 == 1 ? BusyUser
                        : i % 66 == 0 ? Reader.Id
                        : i % 1000 == 3 ? Newcomer.Id
                        : Other(i),
                        i % 50 == 2 ? BusyUser : Other(i * 17L)
                    )
                )
                .Where(x => x.Item2 != x.Item3)
                .DistinctBy(x => (x.Item2, x.Item3))
        );
        await Rows.AddHashtagsAsync(
            Pamps,
            Each(i => (i % 50 < 40 ? BusyTag : $"{(char)('a' + (i % 26))}{i}", FirstPost + i))
        );
        await Rows.AddNotificationsAsync(Pamps, Reader.Id);
        await Rows.AddLoginsAsync(Pamps);
        await Rows.AddAnswersAsync(Pamps);
        await Rows.AddFailuresAsync(Pamps);
        await Rows.AddAllowancesAsync(Pamps);
        await Rows.AddPlacesAsync(Pamps);
        await Rows.AddSecurityEventsAsync(Pamps);
        await EventRows.AddAsync(Pamps, Count, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Pamps.ExecuteAsync(
            """
            UPDATE "user" SET following_count = (SELECT count(*) FROM social s WHERE s."from" = "user".id),
                followers_count = (SELECT count(*) FROM social s WHERE s."to" = "user".id),
                posts_count = (SELECT count(*) FROM post p WHERE p.user_id = "user".id);
            INSERT INTO mention (post_id, user_id) SELECT p.id, p.user_id FROM post p;
            INSERT INTO bookmark (id, user_id, post_id, date) SELECT l.id, l.user_id, l.post_id, l.date FROM "like" l;
            UPDATE post SET entities = '[]', likes_count = (SELECT count(*) FROM "like" l WHERE l.post_id = post.id),
                replies_count = (SELECT count(*) FROM post r WHERE r.parent_id = post.id)
            """
        );
        // Of people whom nothing else is about.
        const string others = """s."from" BETWEEN 100 AND 2000 AND s."to" BETWEEN 100 AND 2000""";
        await Pamps.ExecuteAsync(
            $"""
            INSERT INTO block (id, "from", "to", date)
            SELECT s.id, s."from", s."to", s.date FROM social s WHERE {others};
            INSERT INTO mute (id, "from", "to", date, until, notifications)
            SELECT s.id, s."from", s."to", s.date, CASE WHEN s.id % 2 = 0 THEN s.date ELSE NULL END, true
            FROM social s WHERE {others};
            INSERT INTO follow_request (id, "from", "to", date)
            SELECT s.id, s."to", s."from", s.date FROM social s WHERE {others};
            INSERT INTO audience (post_id, user_id, direct) SELECT p.id, p.user_id, p.id % 2 = 0 FROM post p;
            INSERT INTO media_file (name, bytes) SELECT '{Zeros}' || p.id || '.webp', 1 FROM post p;
            INSERT INTO media (id, user_id, post_id, kind, file, preview, width, height, bytes, blurhash)
            SELECT p.id, p.user_id, p.id, 0, '{Zeros}' || p.id || '.webp', '{Zeros}' || (p.id + 1) || '.webp', 1, 1, 2, '' FROM post p;
            INSERT INTO media (id, user_id, profile, kind, file, preview, width, height, bytes, blurhash)
            SELECT {Profiles} + u.id, u.id, 2, 0, '{Zeros}' || u.id || '.webp', '{Zeros}' || u.id || '.webp', 1, 1, 2, '' FROM "user" u;
            UPDATE post SET pinned = true WHERE id % 50 = 0;
            INSERT INTO card (id, url, content, picture, due_at)
            SELECT p.id, 'https://example.org/' || p.id, NULL, '{Zeros}' || p.id || '.webp', p.date FROM post p WHERE p.id % 50 BETWEEN 3 AND 12;
            UPDATE post SET card_id = id WHERE id % 50 BETWEEN 3 AND 12;
            INSERT INTO second_factor (user_id, secret, created_at, last_step)
            SELECT u.id, '{Zeros}', u.created_at, 0 FROM "user" u JOIN account a ON a.user_id = u.id WHERE u.id BETWEEN 100 AND 2000;
            INSERT INTO recovery_code (user_id, hash, created_at)
            SELECT s.user_id, '{Zeros}' || n.id, s.created_at FROM second_factor s, "user" n WHERE n.id BETWEEN 1 AND 10;
            INSERT INTO passkey (id, user_id, credential_id, user_handle, public_key, sign_count, backup_eligible, transports, name, created_at)
            SELECT s.user_id * 10 + n.id, s.user_id, s.user_id || '-' || n.id, 'x', 'x', 0, false, '', 'x', s.created_at FROM second_factor s, "user" n WHERE n.id BETWEEN 1 AND 3;
            INSERT INTO passkey_challenge (key, expires_at)
            SELECT '{Zeros}' || p.id, p.created_at FROM passkey p;
            INSERT INTO application (id, name, redirect_uris, scopes, created_at, expires_at)
            SELECT l.id, 'x', 'x', 'x', l.created_at, CASE WHEN l.id % 2 = 0 THEN l.expires_at ELSE NULL END FROM login l;
            INSERT INTO application_grant (id, application_id, login_id, scopes, code_hash, token_hash, created_at)
            SELECT l.id, l.id, l.id, 'x', 'c' || l.id, 't' || l.id, l.created_at FROM login l;
            INSERT INTO notification_aside (id, user_id, kind, actor_id, date)
            SELECT s.id, s."to", 4, s."from", s.date FROM social s WHERE {others};
            INSERT INTO notification_accepted (user_id, actor_id) SELECT s."from", s."to" FROM social s WHERE {others};
            INSERT INTO notification_policy (user_id, not_following, not_followers, new_accounts, direct)
            SELECT a.user_id, 0, 0, 0, 0 FROM account a;
            INSERT INTO filter (id, user_id, title, places, action, keywords)
            SELECT s.id, s."from", 'x', 1, 0, '[]' FROM social s WHERE {others};
            UPDATE account SET has_bookmarks = true WHERE user_id = {Reader.Id};
            UPDATE account SET filters_version = user_id WHERE user_id % 50 = 0 AND user_id <= {Users} OR user_id = {Reader.Id};
            INSERT INTO invitation (id, user_id, uses, used, created_at, expires_at)
            SELECT s.id, s."from", 1, 0, s.date, s.date FROM social s WHERE {others};
            INSERT INTO archive (user_id, asked_at, ended_at, file, bytes)
            SELECT u.id, u.created_at, u.created_at, CASE WHEN u.id % 50 = 0 THEN 'x' || u.id ELSE NULL END, 1 FROM "user" u;
            INSERT INTO import (id, user_id, kind, visibility, state, created_at, ended_at)
            SELECT s.id, s."from", 0, 0, 2, s.date, s.date FROM social s WHERE {others};
            INSERT INTO imported_post (user_id, origin, post_id) SELECT p.user_id, p.id, p.id FROM post p;
            INSERT INTO site_text (key, locale, body, updated_at) SELECT 'about', 'en', 'x', u.created_at FROM "user" u WHERE u.id = 1000;
            INSERT INTO registration (user_id, reason, created_at)
            SELECT u.id, 'x', u.created_at FROM "user" u WHERE u.id BETWEEN 100 AND 2000;
            INSERT INTO report (id, reporter_id, user_id, category, created_at, closed_at)
            SELECT s.id, s."from", s."to", 1, s.date, CASE WHEN s.id % 2 = 0 THEN s.date ELSE NULL END FROM social s WHERE {others};
            INSERT INTO report_post (report_id, post_id, text, date, visibility)
            SELECT s.id, s.id, 'x', s.date, 0 FROM social s WHERE {others};
            INSERT INTO moderation (id, user_id, actor_id, kind, created_at, seen_at)
            SELECT s.id, s."to", s."from", 1, s.date, CASE WHEN s.id % 2 = 0 THEN s.date ELSE NULL END FROM social s WHERE {others};
            UPDATE "user" SET silenced_at = created_at WHERE id BETWEEN 1000 AND 1009
            """
        );

        static IEnumerable<T> Each<T>(Func<int, T> row) => Enumerable.Range(0, Count).Select(row);

        static long Other(long i) => 2 + (i * 7919 % (Users - 1));
    }
}
