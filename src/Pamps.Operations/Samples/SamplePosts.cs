using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>
/// Who wrote each post, what it replies to, and who likes it. All of it is made anew from the post's number each
/// time; kept are only the counts that come from later posts, two bytes per post and four per user.
/// </summary>
internal sealed class SamplePosts
{
    private const double Replies = 0.3;
    private const int MostLikes = 50_000;
    private readonly SampleSize size;
    private readonly SampleGraph graph;
    private readonly PowerLaw authors;
    private readonly PowerLaw likers;
    private readonly ushort[] repliesCount;
    private readonly double mostLikes;
    private readonly SampleSet taken;
    private double likesScale;

    public SamplePosts(SampleSize size, SampleGraph graph)
    {
        (this.size, this.graph) = (size, graph);
        authors = new PowerLaw(size.Users, size.Users / 200.0 + 0.5, exponent: 1.5);
        likers = new PowerLaw(size.Users, size.Users / 20.0 + 0.5, exponent: 1.2);
        repliesCount = new ushort[size.Posts];
        PostsOfUsers = new int[size.Users];
        mostLikes = Math.Min(MostLikes, Math.Max((size.Users - 1) / 3, Math.Min(size.Users - 1, 20)));
        taken = new SampleSet(size.Users);
    }

    /// <summary>How many posts each user wrote, once <see cref="Count"/> was called.</summary>
    public int[] PostsOfUsers { get; }

    /// <summary>How many posts are replies, once <see cref="Count"/> was called.</summary>
    public long TotalReplies { get; private set; }

    /// <summary>How many likes there are, once <see cref="Count"/> was called.</summary>
    public long TotalLikes { get; private set; }

    public int RepliesTo(int post) => repliesCount[post];

    /// <summary>Goes through all posts, because the counts stand in rows that come before what they count.</summary>
    public void Count(Action<long> report, CancellationToken ct)
    {
        var appeal = 0.0;
        for (var post = 0; post < size.Posts; post++)
        {
            Pause(post, post / 2);
            PostsOfUsers[Author(post)]++;
            appeal += Math.Min(mostLikes, Appeal(post));
            if (Parent(post) is { } parent)
            {
                repliesCount[parent] = checked((ushort)(repliesCount[parent] + 1));
                TotalReplies++;
            }
        }

        // Three likes for each post are lively; a very large sample needs rows of every kind more than that.
        likesScale = (size.Posts <= 1_000_000 ? 3.0 : 2.0) * size.Posts / Math.Max(appeal, 1);
        for (var post = 0; post < size.Posts; post++)
        {
            Pause(post, (size.Posts + post) / 2);
            TotalLikes += Likes(post);
        }

        void Pause(int post, int done)
        {
            if (post % 50_000 == 0)
            {
                ct.ThrowIfCancellationRequested();
                report(done);
            }
        }
    }

    public int Author(int post)
    {
        var rank = AuthorRank(post);
        while (FellSilentBefore(rank, post))
        {
            rank = rank + 1 == size.Users ? 0 : rank + 1;
        }
        return graph.Lively(rank);
    }

    /// <summary>The earlier post that a post replies to; null when it replies to none.</summary>
    public int? Parent(int post)
    {
        if (!IsReply(post))
        {
            return null;
        }
        var random = new SampleRandom(size.Seed, Chance.Parent, post);
        var recent = new PowerLaw(Math.Min(post, 2000 + size.Users / 100), shift: 5, exponent: 1.1);
        var parent = post - 1 - recent.Draw(ref random);
        var kind = random.Unit();
        if (kind < 0.5)
        {
            // Carries a conversation on: the nearest reply becomes the parent, and so threads get deep.
            for (var back = 0; back < 40 && parent - back > 0; back++)
            {
                if (IsReply(parent - back))
                {
                    return parent - back;
                }
            }
        }
        else if (kind < 0.8)
        {
            // Joins the crowd: the rounder a post's number in binary, the more come to it.
            var zeros = 0;
            while (zeros < 11 && random.Happens(0.9))
            {
                zeros++;
            }
            parent &= -1 << zeros;
        }
        return parent;
    }

    /// <summary>How many like a post: most few or nobody, some very many.</summary>
    public int Likes(int post)
    {
        var likes = likesScale * Appeal(post);
        var chance = new SampleRandom(size.Seed, Chance.Liker, post).Unit();
        return (int)Math.Min(mostLikes, Math.Floor(likes + chance));
    }

    /// <summary>Puts those who like a post into the list, instead of what it held.</summary>
    public void LikedBy(int post, List<int> users)
    {
        users.Clear();
        taken.Clear(Author(post));
        var random = new SampleRandom(size.Seed, Chance.Liker, post);
        for (var left = Likes(post); left > 0; left--)
        {
            users.Add(taken.Take(graph.Lively(likers.Draw(ref random))));
        }
    }

    private bool IsReply(int post) =>
        post > 0 && new SampleRandom(size.Seed, Chance.Replying, post).Happens(Replies);

    /// <summary>One in ten gives up writing some day; never everybody: rank 0 goes on.</summary>
    private bool FellSilentBefore(int rank, int post)
    {
        var random = new SampleRandom(size.Seed, Chance.Silence, rank);
        return rank > 0 && random.Happens(0.1) && post > random.Unit() * size.Posts;
    }

    private int AuthorRank(int post)
    {
        var random = new SampleRandom(size.Seed, Chance.Author, post);
        return authors.Draw(ref random);
    }

    /// <summary>Replies find half the readers; the lively are known to more people.</summary>
    private double Appeal(int post)
    {
        var luck = new SampleRandom(size.Seed, Chance.Popularity, post).Unit();
        var known = Math.Pow((size.Users + 1.0) / (AuthorRank(post) + size.Users / 50.0 + 1), 0.4);
        return (Math.Pow(1 - luck, -0.75) - 1) * known * (IsReply(post) ? 0.5 : 1);
    }
}
