using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Operations.Samples;

/// <summary>A user's row, and what of it makes rows of other tables.</summary>
internal sealed record SampleUser(object?[] Row, object?[] Account, long Id, string Username, string? Bio);

/// <summary>A post's row, and what of it makes rows of other tables.</summary>
internal sealed record SamplePost(object?[] Row, long Id, long UserId, string Text, PostEntities Entities);

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
        "avatar",
        "bio",
        "created_at",
        "posts_count",
        "followers_count",
        "following_count",
    ];

    public static readonly string[] AccountColumns = ["user_id", "email", "email_key", "password"];

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

    public IEnumerable<SampleUser> Users(string password)
    {
        for (var user = 0; user < size.Users; user++)
        {
            var joined = SampleClock.Joined(user, size);
            var random = new SampleRandom(size.Seed, Chance.Profile, user);
            var key = Names.Key(names[user]);
            var email = key + "@example.org";
            var id = SampleClock.Id(joined);
            var avatar = random.Happens(0.2) ? $"https://example.org/avatars/{key}.png" : null;
            var bio = random.Happens(0.7)
                ? SampleBios.Make(ref random, SampleNames.Language(user, size))
                : null;
            object?[] row =
            [
                id,
                names[user],
                key,
                avatar,
                bio,
                SampleClock.Date(joined),
                (long)posts.PostsOfUsers[user],
                (long)graph.Followers[user],
                (long)graph.Following(user),
            ];
            yield return new SampleUser(row, [id, email, email, password], id, names[user], bio);
        }
    }

    public IEnumerable<object?[]> Follows()
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
                var (id, date) = SampleClock.Unique(moment, row++, graph.Total);
                yield return [id, UserId(user), UserId(whom), date];
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
            var id = SampleClock.Id(moment);
            var author = UserId(posts.Author(post));
            var text = Text(post, parent);
            var entities = PostEntities.Of(FindEntities.In(text), named);
            object?[] row =
            [
                id,
                text,
                SampleClock.Date(moment),
                author,
                parent is null ? null : PostId(parent.Value),
                (long)posts.Likes(post),
                (long)posts.RepliesTo(post),
                entities.Json,
            ];
            yield return new SamplePost(row, id, author, text, entities);
        }
    }

    public IEnumerable<object?[]> Likes()
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
            var postId = PostId(post);
            var posted = SampleClock.Posted(post, size);
            var random = new SampleRandom(size.Seed, Chance.LikedAt, post);
            foreach (var user in likers)
            {
                var delay = TimeSpan.FromHours(3 * random.LogNormal(1.6)).TotalMicroseconds;
                var longest = (SampleClock.End - posted) * random.Unit();
                var (id, date) = SampleClock.Unique(
                    posted + 1000 + (long)Math.Min(delay, longest),
                    row++,
                    posts.TotalLikes
                );
                yield return [id, UserId(user), postId, date];
            }
        }
    }

    public static IEnumerable<object?[]> Mentions(SamplePost post) =>
        post.Entities.MentionedIds.Select(x => new object?[] { post.Id, x });

    public static IEnumerable<object?[]> Hashtags(SamplePost post) =>
        post.Entities.Tags.Select(x => new object?[] { x, post.Id });

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

    private long UserId(int user) => SampleClock.Id(SampleClock.Joined(user, size));

    private long PostId(int post) => SampleClock.Id(SampleClock.Posted(post, size));
}
