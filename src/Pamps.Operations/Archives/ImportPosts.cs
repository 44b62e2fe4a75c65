using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Media;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>
/// Writes posts of an archive, with their dates, threads, pictures, words, hashtags, mentions and counters. Nobody is notified, and no
/// stream hears of it: it is old news.
/// </summary>
internal sealed class ImportPosts(Writer writer)
{
    // A reply may have come before the post that it replies to.
    private static readonly string Insert = $"""
        INSERT INTO post (id, text, date, user_id, parent_id, likes_count, replies_count, entities, edited_at, visibility, media, sensitive)
        VALUES (@id, @text, @date, @user_id, @parent_id, 0,
            (SELECT count(*) FROM post r WHERE r.parent_id = @id AND r.{Erasing.IsCounted}), @entities, @edited_at,
            @visibility, @media, @sensitive)
        """;
    private const string CountReply =
        "UPDATE post SET replies_count = replies_count + 1 WHERE id = @parent_id";

    /// <summary>How many were written, and how many pictures they show.</summary>
    public readonly record struct Written(int Posts, int Pictures);

    private sealed record Prepared(
        ArchivedPost Post,
        string Text,
        IReadOnlyList<long> MediaIds,
        IReadOnlyList<TextEntity> Found,
        IndexedWords Words
    );

    /// <summary>Writes those that are not here yet, all or none; answers how many.</summary>
    /// <param name="posts">The posts, with all of a millisecond together; bounded.</param>
    /// <param name="pictures">The pictures that they show, which no other post does, by the posts' ids in the archive.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Result<Written>> RunAsync(
        IReadOnlyList<ArchivedPost> posts,
        IReadOnlyDictionary<long, IReadOnlyList<MediaView>> pictures,
        ImportOwner owner,
        CancellationToken ct
    )
    {
        // All that computes is done before the gate.
        var prepared = posts.Select(x => Prepare(x, pictures.GetValueOrDefault(x.Id), owner)).ToList();
        return writer.RunAsync<Written>(viewer: null, write => WriteAsync(write, prepared, owner), ct);
    }

    private static Prepared Prepare(ArchivedPost post, IReadOnlyList<MediaView>? media, ImportOwner owner)
    {
        var text = media is { Count: > 0 } ? post.Text : post.TextAlone;
        IReadOnlyList<TextEntity> found = FindEntities.In(text);
        if (owner.IsForeign)
        {
            // Whoever is named there is somebody else than who has the name here.
            found = [.. found.Where(x => x.Kind != EntityKind.Mention)];
        }
        var words = IndexedWords.OfPost(text, owner.UserId, found);
        return new(
            post,
            text,
            [.. (media ?? []).Select(x => x.Id)],
            found,
            PostSql.WordsFor(post.Visibility, words)
        );
    }

    private static async Task<Result<Written>> WriteAsync(
        Write write,
        IReadOnlyList<Prepared> posts,
        ImportOwner owner
    )
    {
        // Deletions of accounts and other imports change counters of the same posts from what they have counted.
        foreach (var statement in write.Dialect.LockCounters())
        {
            await write.ExecuteAsync(statement);
        }
        if (
            !await (
                owner.IsForeign
                    ? UserSql.IsActiveAsync(write, owner.UserId)
                    : UserSql.ExistsAsync(write, owner.UserId)
            )
        )
        {
            return Error.UserNotFound;
        }
        var here = await FindArchived.OwnAsync(write, [.. posts.Select(x => x.Post)], owner);
        // An archive may have the same post twice.
        var missing = posts
            .Where(x => !here.ContainsKey(x.Post.Id))
            .DistinctBy(x => x.Post.Origin ?? x.Post.Id)
            .ToList();
        if (missing.Count == 0)
        {
            return default(Written);
        }
        await PlaceAsync(write, missing, here, owner);
        var known = owner.IsForeign
            ? await FindForeign.ParentsAsync(
                write,
                [.. missing.Select(x => x.Post)],
                [.. posts.Select(x => x.Post).Where(x => here.ContainsKey(x.Id))],
                here,
                owner.UserId
            )
            : [];
        var parents = await FindParentsAsync(
            write,
            [.. missing.Where(x => x.Post.Parent is { } parent && !known.ContainsKey(parent.Id))],
            here,
            owner
        );
        foreach (var (id, parent) in known)
        {
            parents[id] = parent;
        }
        var media = await FindMediaAsync(write, missing, owner);
        var shown = 0;
        var named = await PostEntities.FindNamedAsync(write, owner.UserId, missing.SelectMany(x => x.Found));
        // Replies that came before are counted below, so none may be deleted until then.
        write.Then(
            new Statement(
                $"SELECT 1 FROM post r WHERE {write.Dialect.IsOneOf("r.parent_id", "ids")}{write.Dialect.ForUpdate("r")}",
                write.Dialect.Ids("ids", missing.Select(x => here[x.Post.Id]))
            )
        );
        foreach (var (post, text, mediaIds, found, words) in missing)
        {
            var shows = mediaIds.Where(media.ContainsKey).Select(x => media[x]).ToList();
            shown += shows.Count;
            var (id, entities) = (here[post.Id], PostEntities.Of(found, named));
            long? parent = post.Parent is null ? null : parents[post.Parent.Id];
            write.Then(
                new Statement(
                    Insert,
                    ("id", id),
                    // Somebody may have deleted the pictures since they were kept.
                    ("text", text.Length + shows.Count > 0 ? text : ArchivedPost.NoWords),
                    ("date", post.Date),
                    ("user_id", owner.UserId),
                    ("parent_id", parent),
                    ("entities", entities.Json),
                    ("edited_at", post.EditedAt),
                    ("visibility", (short)post.Visibility),
                    ("media", MediaJson.Of(shows).Json),
                    ("sensitive", post.Sensitive)
                )
            );
            if (post.Origin is not null)
            {
                write.Then(FindForeign.Keep(post, owner.UserId, id));
            }
            write.Then(PostMedia.Give(shows, id));
            write.Then(entities.NewRows(id));
            write.Then(
                PostAudience
                    .Of(post.Visibility, owner.UserId, entities.MentionedIds, answeredId: null)
                    .NewRows(id)
            );
            write.Then(SearchWords.OfPost(write.Dialect, id, words, isNew: true));
            if (parent is not null && PostSql.IsForAll(post.Visibility))
            {
                write.Then(new Statement(CountReply, ("parent_id", parent)));
            }
        }
        write.Then(
            new Statement(
                "UPDATE \"user\" SET posts_count = posts_count + @count WHERE id = @user_id",
                ("count", (long)missing.Count(x => PostSql.IsForAll(x.Post.Visibility))),
                ("user_id", owner.UserId)
            ),
            Allowance.Change(owner.UserId, Deed.Post, missing.Count)
        );
        return new Written(missing.Count, shown);
    }

    /// <summary>The pictures that were kept for these posts, locked until the commit, by their ids.</summary>
    private static async Task<Dictionary<long, MediaView>> FindMediaAsync(
        Write write,
        List<Prepared> posts,
        ImportOwner owner
    )
    {
        var ids = posts.SelectMany(x => x.MediaIds).ToList();
        if (ids.Count == 0)
        {
            return [];
        }
        var found = await PostMedia.FindAsync(write, owner.UserId, ids, postId: 0);
        return found.ToDictionary(x => x.Id);
    }

    /// <summary>Says which id each post gets: its own one, or another when that is taken.</summary>
    private static async Task PlaceAsync(
        Write write,
        List<Prepared> missing,
        Dictionary<long, long> places,
        ImportOwner owner
    )
    {
        var taken = await FindArchived.TakenAsync(write, "post", missing.Select(x => x.Post.Id));
        if (owner.IsForeign)
        {
            // To be what others' replies refer to, somebody must have been it.
            taken.UnionWith(await FindArchived.AnsweredAsync(write, missing.Select(x => x.Post.Id)));
        }
        var given = missing.Select(x => x.Post.Id).ToHashSet();
        foreach (var (post, _, _, _, _) in missing)
        {
            places[post.Id] = taken.Contains(post.Id)
                ? await FindArchived.FreeIdAsync(write, post.Id, given, owner)
                : post.Id;
        }
    }

    /// <summary>
    /// The ids here of the posts that these reply to. A reply to a post that is not here stays one: it refers to that
    /// post's id, and is attached when that post is imported; or to no post's, when another one has the id.
    /// </summary>
    private static async Task<Dictionary<long, long>> FindParentsAsync(
        Write write,
        List<Prepared> missing,
        Dictionary<long, long> own,
        ImportOwner owner
    )
    {
        var names = missing.Select(x => x.Post.Parent).OfType<ArchivedName>().DistinctBy(x => x.Id).ToList();
        var ofThese = names.Where(x => x.Author == owner.Username && own.ContainsKey(x.Id)).ToList();
        var parents = await FindArchived.RunAsync(write, names.Except(ofThese), owner);
        foreach (var name in ofThese)
        {
            parents[name.Id] = own[name.Id];
        }
        var unknown = names.Select(x => x.Id).Where(x => !parents.ContainsKey(x)).ToList();
        if (unknown.Count == 0)
        {
            return parents;
        }
        var taken = await FindArchived.TakenAsync(write, "post", unknown);
        var given = own.Values.ToHashSet();
        foreach (var id in unknown)
        {
            parents[id] =
                taken.Contains(id) || given.Contains(id)
                    ? await FindArchived.FreeIdAsync(write, id, given, owner)
                    : id;
        }
        return parents;
    }
}
