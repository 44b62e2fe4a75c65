using System.Data.Common;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Media;
using Pamps.Core.Posts;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Transfer;

namespace Pamps.Operations.Archives;

/// <summary>
/// Writes all that a person has here into a file: profile, posts, pictures, likes, bookmarks, whom they follow, who follows them, and their filters. No
/// password, no login, and nothing that is others'.
/// </summary>
/// <remarks>Shows one moment, while others go on writing. Rows stream, so memory does not grow with them.</remarks>
public sealed class ExportAccount
{
    /// <summary>How many rows are written between two reports.</summary>
    private const int Step = 1_000;

    private const string Bookmarks = "bookmark b WHERE b.user_id = @id";

    private readonly IDatabase database;
    private readonly IMediaStore store;
    private readonly TimeProvider time;

    internal ExportAccount(IDatabase database, IMediaStore store, TimeProvider time) =>
        (this.database, this.store, this.time) = (database, store, time);

    private sealed record Person(long Id, PersonJson Json);

    /// <summary>Writes the archive. Refused to all but superusers and the person, and when there is no such user.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="username">Whose account.</param>
    /// <param name="output">Where to; need not be one that can go back.</param>
    /// <param name="progress">Told every 1,000 rows.</param>
    /// <param name="ct">Stops; what was written until then is no archive.</param>
    public async Task<Result<AccountManifest>> RunAsync(
        Viewer viewer,
        string username,
        Stream output,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.Superuser && Names.Key(viewer.Username) != Names.Key(username))
        {
            return Error.SuperuserOnly;
        }
        await using var snapshot = await database.BeginSnapshotAsync(ct);
        var moment = time.Now();
        if (await FindAsync(snapshot, username, ct) is not { } person)
        {
            return Error.UserNotFound;
        }
        // What follows computes for long: the caller's thread, which may be a screen's, stays free.
        return await Task.Run(() => WriteAsync(snapshot, person, moment, output, progress, ct), ct);
    }

    private static async Task<Person?> FindAsync(ISnapshot snapshot, string username, CancellationToken ct)
    {
        await using var row = await snapshot.ReadAsync(
            new Statement(
                $"""
                SELECT u.id, u.username, u.bio, u.avatar, u.created_at, a.email, u.display_name, u.fields
                FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@key")}
                """,
                ("key", Names.Key(username))
            ),
            ct
        );
        if (!await row.ReadAsync(ct))
        {
            return null;
        }
        var name = row.GetString(1);
        var person = new Person(
            row.GetInt64(0),
            new PersonJson(
                "Person",
                Urn.OfUser(name),
                PreferredUsername: name,
                Name: row.GetStringOrNull(6) ?? name,
                Summary: row.GetStringOrNull(2),
                Icon: row.GetStringOrNull(3) is { } avatar ? new ImageJson("Image", AddressOf(avatar)) : null,
                Published: row.GetUtc(4),
                Email: row.GetString(5),
                AccountManifest.OutboxName,
                AccountManifest.LikedName,
                AccountManifest.FollowingName,
                AccountManifest.FollowersName,
                new FieldsJson(row.GetStringOrNull(7)).Read() is { Count: > 0 } fields
                    ? [.. fields.Select(x => new PropertyJson("PropertyValue", x.Name, x.Value))]
                    : null
            )
        );
        await row.DisposeAsync();
        return await FiltersAsync(snapshot, person.Id, ct) is { Count: > 0 } filters
            ? person with
            {
                Json = person.Json with { Filters = filters },
            }
            : person;
    }

    private static async Task<List<FilterJson>> FiltersAsync(
        ISnapshot snapshot,
        long userId,
        CancellationToken ct
    )
    {
        var filters = new List<FilterJson>();
        await using var rows = await snapshot.ReadAsync(FilterRows.AllOf(userId), ct);
        while (await rows.ReadAsync(ct))
        {
            var x = FilterRows.Read(rows);
            filters.Add(
                new FilterJson(
                    x.Title,
                    FilterWords.Of(x.Places),
                    FilterWords.Of(x.Action),
                    x.ExpiresAt,
                    [.. x.Keywords.Select(k => new FilterKeywordJson(k.Keyword, k.WholeWord))]
                )
            );
        }
        return filters;
    }

    /// <summary>Where a picture is: one that was uploaded is told as those of posts are.</summary>
    private static string AddressOf(string avatar) =>
        MediaFileName.Is(avatar) ? MediaFileName.AddressOf(avatar) : avatar;

    private async Task<Result<AccountManifest>> WriteAsync(
        ISnapshot snapshot,
        Person person,
        DateTime moment,
        Stream output,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        using var archive = new SummedZipWriter(output);
        archive.Write(
            AccountManifest.ActorName,
            JsonSerializer.SerializeToUtf8Bytes(person.Json, ArchiveJson.Options.Of<PersonJson>())
        );
        var me = person.Json.Id;
        var pictures = await PictureFiles.WriteAsync(archive, snapshot, store, person.Id, progress, ct);
        var posts = await WriteAllAsync(
            AccountManifest.OutboxName,
            "posts",
            """
            p.id, p.text, p.date, p.edited_at, p.entities, p.parent_id, r.date, u.username, p.visibility, p.media, p.sensitive
            FROM post p LEFT JOIN post r ON r.id = p.parent_id LEFT JOIN "user" u ON u.id = r.user_id
            WHERE p.user_id = @id ORDER BY p.id
            """,
            "post p WHERE p.user_id = @id",
            row => ReadPost(row, me)
        );
        var likes = await WriteAllAsync(
            AccountManifest.LikedName,
            "likes",
            """
            l.id, l.date, p.id, p.date, u.username
            FROM "like" l JOIN post p ON p.id = l.post_id JOIN "user" u ON u.id = p.user_id
            WHERE l.user_id = @id ORDER BY l.id
            """,
            "\"like\" l WHERE l.user_id = @id",
            row => ReadMark(row, "Like", "like", me)
        );
        long? bookmarks = await CountAsync(
            snapshot,
            $"SELECT count(*) FROM {Bookmarks}",
            ("id", person.Id),
            ct
        )
            is 0
            ? null
            : await WriteAllAsync(
                AccountManifest.BookmarksName,
                "bookmarks",
                """
                b.id, b.date, p.id, p.date, u.username
                FROM bookmark b JOIN post p ON p.id = b.post_id JOIN "user" u ON u.id = p.user_id
                WHERE b.user_id = @id ORDER BY b.id
                """,
                Bookmarks,
                row => ReadMark(row, "Add", "bookmark", me)
            );
        var following = await WriteAllAsync(
            AccountManifest.FollowingName,
            "following",
            """
            s.id, s.date, u.username FROM social s JOIN "user" u ON u.id = s."to"
            WHERE s."from" = @id ORDER BY s.id
            """,
            "social s WHERE s.\"from\" = @id",
            row => ReadFollow(row, me, Urn.OfUser(row.GetString(2)))
        );
        var followers = await WriteAllAsync(
            AccountManifest.FollowersName,
            "followers",
            """
            s.id, s.date, u.username FROM social s JOIN "user" u ON u.id = s."from"
            WHERE s."to" = @id ORDER BY s.id
            """,
            "social s WHERE s.\"to\" = @id",
            row => ReadFollow(row, Urn.OfUser(row.GetString(2)), me)
        );
        var hasPictures = pictures.Files + pictures.Missing > 0;
        var manifest = new AccountManifest(
            AccountManifest.AccountKind,
            Format: 0,
            BackupManifest.ProgramVersion,
            moment,
            person.Json.PreferredUsername,
            posts,
            likes,
            following,
            followers,
            hasPictures ? pictures.Files : null,
            hasPictures ? pictures.Bytes : null,
            hasPictures ? pictures.Missing : null,
            bookmarks
        );
        manifest = manifest with { Format = manifest.ExpectedFormat };
        archive.Write(
            BackupFile.ManifestName,
            JsonSerializer.SerializeToUtf8Bytes(manifest, AccountManifestJson.Default.AccountManifest)
        );
        archive.End();
        return manifest;

        async Task<long> WriteAllAsync<T>(
            string name,
            string step,
            string selected,
            string counted,
            Func<DbDataReader, T> readRow
        )
        {
            var parameter = ("id", (object?)person.Id);
            var total = await CountAsync(snapshot, $"SELECT count(*) FROM {counted}", parameter, ct);
            await using var items = CollectionFile.Begin(archive, name, total);
            await using var rows = await snapshot.ReadAsync(
                new Statement($"SELECT {selected}", parameter),
                ct
            );
            progress?.Report(new WorkProgress(step, 0, total));
            while (await rows.ReadAsync(ct))
            {
                items.Add(readRow(rows));
                if (items.Count % Step == 0)
                {
                    ct.ThrowIfCancellationRequested();
                    progress?.Report(new WorkProgress(step, items.Count, total));
                }
            }
            progress?.Report(new WorkProgress(step, items.Count, total));
            return items.Count;
        }
    }

    private static async Task<long> CountAsync(
        ISnapshot snapshot,
        string statement,
        (string, object?) parameter,
        CancellationToken ct
    )
    {
        await using var row = await snapshot.ReadAsync(new Statement(statement, parameter), ct);
        await row.ReadAsync(ct);
        return row.GetInt64(0);
    }

    private static CreateJson ReadPost(DbDataReader row, string me)
    {
        var (date, visibility) = (
            row.GetUtc(2),
            // Of somebody who is suspended they are hidden.
            Erasing.Shown(row.GetInt16(8))
        );
        return new CreateJson(
            "Create",
            me,
            date,
            visibility switch
            {
                Visibility.Public => ArchiveJson.Public,
                Visibility.Direct => me,
                _ => AccountManifest.FollowersName,
            },
            new NoteJson(
                "Note",
                Urn.Of("post", row.GetInt64(0)),
                me,
                date,
                row.IsDBNull(3) ? null : row.GetUtc(3),
                "text/plain",
                row.GetString(1),
                row.GetInt64OrNull(5) is not { } parent ? null
                    : row.IsDBNull(6) ? new NoteNameJson("Note", Urn.Of("post", parent), null, null)
                    : NoteName(parent, row.GetUtc(6), row.GetString(7)),
                row.GetStringOrNull(4) is { Length: > 2 } entities ? ReadTags(entities) : null,
                ArchiveJson.WordOf(visibility),
                row.GetStringOrNull(9) is { } media ? ReadPictures(new MediaJson(media)) : null,
                row.GetBoolean(10) ? true : null
            )
        );
    }

    private static List<PictureJson> ReadPictures(MediaJson media) =>
        [
            .. media
                .Read()
                .Select(x => new PictureJson(
                    x.Kind switch
                    {
                        MediaKind.Video => "Video",
                        MediaKind.Audio => "Audio",
                        _ => "Image",
                    },
                    MediaFileName.TypeOf(x.File),
                    MediaFileName.AddressOf(x.File),
                    x.Description,
                    x.Width,
                    x.Height,
                    x.Blurhash,
                    (x.FocusX, x.FocusY) == (0, 0) ? null : [x.FocusX / 1000m, x.FocusY / 1000m]
                )),
        ];

    private static NoteNameJson NoteName(long id, DateTime date, string author) =>
        new("Note", Urn.Of("post", id), Urn.OfUser(author), date);

    private static LikeJson ReadMark(DbDataReader row, string type, string kind, string who) =>
        new(
            type,
            Urn.Of(kind, row.GetInt64(0)),
            who,
            row.GetUtc(1),
            NoteName(row.GetInt64(2), row.GetUtc(3), row.GetString(4))
        );

    private static FollowJson ReadFollow(DbDataReader row, string who, string whom) =>
        new("Follow", Urn.Of("follow", row.GetInt64(0)), who, row.GetUtc(1), whom);

    /// <summary>Mentions and hashtags, for other programs; who imports the archive here finds them anew.</summary>
    private static List<TagJson> ReadTags(string entities)
    {
        using var json = JsonDocument.Parse(entities);
        var tags = new List<TagJson>();
        foreach (var entity in json.RootElement.EnumerateArray())
        {
            if (entity.TryGetProperty("username", out var username))
            {
                tags.Add(new("Mention", $"@{username.GetString()}", Urn.OfUser(username.GetString()!)));
            }
            else if (entity.TryGetProperty("tag", out var tag))
            {
                tags.Add(new("Hashtag", $"#{tag.GetString()}", Href: null));
            }
        }
        return tags;
    }
}
