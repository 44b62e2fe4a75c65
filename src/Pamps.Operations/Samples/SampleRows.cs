using Pamps.Core;
using Pamps.Core.Notifications;
using Pamps.Core.Posts;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Operations.Samples;

/// <summary>A user's row, and what of it makes rows of other tables.</summary>
internal sealed record SampleUser(object?[] Row, object?[] Account, long Id, string Username, string? Bio);

/// <summary>A post's row, and what of it makes rows of other tables.</summary>
internal sealed record SamplePost(object?[] Row, long Id, long UserId, string Text, PostEntities Entities)
{
    /// <summary>Those who are told of it.</summary>
    public required object?[][] Notifications { get; init; }
}

/// <summary>The row of a follow or a like, and that of the notification where somebody is told.</summary>
internal sealed record SampleDeed(object?[] Row, object?[]? Notification);

/// <summary>The rows of a sample, made one after the other as they are read, and never kept.</summary>
internal sealed class SampleRows(SampleSize size, SampleGraph graph, SamplePosts posts, int maxLength)
{
    private readonly string[] names = SampleNames.Make(size);
    private readonly SampleTexts texts = new(maxLength);

    public static readonly string[] UserColumns =
    [
        "id",
        "username",
        "username_key",
        "bio",
        "created_at",
        "posts_count",
        "followers_count",
        "following_count",
    ];

    public static readonly string[] AccountColumns =
    [
        "user_id",
        "email",
        "email_key",
        "password",
        "notifications_read",
    ];

    public static readonly string[] FollowColumns = ["id", "from", "to", "date"];

    public static readonly string[] PostColumns =
    [
        "id",
        "text",
        "date",
        "user_id",
        "parent_id",
        "likes_count",
        "replies_count",
        "entities",
    ];

    public static readonly string[] MentionColumns = ["post_id", "user_id"];

    public static readonly string[] HashtagColumns = ["tag", "post_id"];

    public static readonly string[] LikeColumns = ["id", "user_id", "post_id", "date"];

    public static readonly string[] NotificationColumns =
    [
        "id",
        "user_id",
        "kind",
        "actor_id",
        "post_id",
        "date",
    ];

    /// <summary>More than the texts of posts name beside whom they answer.</summary>
    private const int MostToldOfPost = 4;

    public IEnumerable<SampleUser> Users(string password)
    {
        var read = SampleClock.Id(SampleClock.LastRead, size);
        for (var user = 0; user < size.Users; user++)
        {
            var joined = SampleClock.Joined(user, size);
            var random = new SampleRandom(size.Seed, Chance.Profile, user);
            var key = Names.Key(names[user]);
            var email = key + "@example.org";
            var id = SampleClock.Id(joined, size);
            var bio = random.Happens(0.7)
                ? SampleBios.Make(ref random, SampleNames.Language(user, size))
                : null;
            object?[] row =
            [
                id,
                names[user],
                key,
                bio,
                SampleClock.Date(joined, size),
                (long)posts.PostsOfUsers[user],
                (long)graph.Followers[user],
                (long)graph.Following(user),
            ];
            yield return new SampleUser(row, [id, email, email, password, read], id, names[user], bio);
        }
    }

    public IEnumerable<SampleDeed> Follows()
    {
        var followed = new List<int>();
        var row = 0L;
        for (var user = 0; user < size.Users; user++)
        {
            graph.FollowedBy(user, followed);
            var random = new SampleRandom(size.Seed, Chance.FollowedAt, user);
            foreach (var whom in followed)
            {
                // Many follow soon after both are there, and some months later.
                var both = SampleClock.Joined(Math.Max(user, whom), size);
                var moment = both + (long)((SampleClock.End - both) * Math.Pow(random.Unit(), 3));
                var (id, date) = SampleClock.Unique(moment, row, graph.Total, size);
                yield return new SampleDeed(
                    [id, UserId(user), UserId(whom), date],
                    Told(moment, row++, NotificationKind.Follow, UserId(whom), UserId(user), postId: null)
                );
            }
        }
    }

    public IEnumerable<SamplePost> Posts()
    {
        var named = new Dictionary<string, NamedUser>(size.Users);
        for (var user = 0; user < size.Users; user++)
        {
            named.Add(Names.Key(names[user]), new NamedUser(UserId(user), names[user]));
        }
        for (var post = 0; post < size.Posts; post++)
        {
            var moment = SampleClock.Posted(post, size);
            var parent = posts.Parent(post);
            var id = SampleClock.Id(moment, size);
            var author = UserId(posts.Author(post));
            var text = Text(post, parent);
            var entities = PostEntities.Of(FindEntities.In(text), named);
            object?[] row =
            [
                id,
                text,
                SampleClock.Date(moment, size),
                author,
                parent is null ? null : PostId(parent.Value),
                (long)posts.Likes(post),
                (long)posts.RepliesTo(post),
                entities.Json,
            ];
            yield return new SamplePost(row, id, author, text, entities)
            {
                Notifications = [.. ToldOf(post, moment, id, author, parent, entities)],
            };
        }
    }

    public IEnumerable<SampleDeed> Likes()
    {
        var likers = new List<int>();
        var row = 0L;
        for (var post = 0; post < size.Posts; post++)
        {
            posts.LikedBy(post, likers);
            if (likers.Count == 0)
            {
                continue;
            }
            var (postId, author) = (PostId(post), UserId(posts.Author(post)));
            var posted = SampleClock.Posted(post, size);
            var random = new SampleRandom(size.Seed, Chance.LikedAt, post);
            foreach (var user in likers)
            {
                var delay = TimeSpan.FromHours(3 * random.LogNormal(1.6)).TotalMicroseconds;
                var longest = (SampleClock.End - posted) * random.Unit();
                var moment = posted + 1000 + (long)Math.Min(delay, longest);
                var (id, date) = SampleClock.Unique(moment, row, posts.TotalLikes, size);
                yield return new SampleDeed(
                    [id, UserId(user), postId, date],
                    Told(moment, graph.Total + row++, NotificationKind.Like, author, UserId(user), postId)
                );
            }
        }
    }

    public static IEnumerable<object?[]> Mentions(SamplePost post) =>
        post.Entities.MentionedIds.Select(x => new object?[] { post.Id, x });

    public static IEnumerable<object?[]> Hashtags(SamplePost post) =>
        post.Entities.Tags.Select(x => new object?[] { x, post.Id });

    private IEnumerable<object?[]> ToldOf(
        int post,
        long moment,
        long id,
        long author,
        int? parent,
        PostEntities entities
    )
    {
        long? answered = parent is null ? null : UserId(posts.Author(parent.Value));
        var told = entities
            .MentionedIds.Where(x => x != answered)
            .Select(x => (Id: x, Kind: NotificationKind.Mention));
        if (answered is not null)
        {
            told = told.Prepend((answered.Value, NotificationKind.Reply));
        }
        var row = graph.Total + posts.TotalLikes + ((long)post * MostToldOfPost);
        return told.Where(x => x.Id != author)
            .Take(MostToldOfPost)
            .Select(x => Told(moment, row++, x.Kind, x.Id, author, id))
            .OfType<object?[]>();
    }

    /// <summary>The row that tells somebody; null when it was long ago.</summary>
    /// <param name="moment">When it was.</param>
    /// <param name="row">Which of all that could be told: follows come first, then likes, then posts.</param>
    /// <param name="kind">Why.</param>
    /// <param name="userId">Who is told.</param>
    /// <param name="actorId">Whose deed it was.</param>
    /// <param name="postId">Of which post.</param>
    private object?[]? Told(
        long moment,
        long row,
        NotificationKind kind,
        long userId,
        long actorId,
        long? postId
    )
    {
        if (moment < SampleClock.FirstTold)
        {
            return null;
        }
        var rows = graph.Total + posts.TotalLikes + ((long)size.Posts * MostToldOfPost);
        var (id, date) = SampleClock.Unique(moment, row, rows, size);
        return [id, userId, (short)kind, actorId, postId, date];
    }

    private string Text(int post, int? parent)
    {
        var random = new SampleRandom(size.Seed, Chance.Text, post);
        // Whoever answers mostly does so in the other's language.
        var speaker = parent is null || random.Happens(0.3) ? posts.Author(post) : posts.Author(parent.Value);
        var language = SampleNames.Language(speaker, size);
        return parent is null
            ? texts.Post(ref random, language, names[posts.Author(random.Below(size.Posts))])
            : texts.Reply(ref random, language, names[posts.Author(parent.Value)]);
    }

    private long UserId(int user) => SampleClock.Id(SampleClock.Joined(user, size), size);

    private long PostId(int post) => SampleClock.Id(SampleClock.Posted(post, size), size);
}
