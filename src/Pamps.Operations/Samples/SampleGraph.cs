using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>
/// Who follows whom, and who is how lively. Follows are made anew from the user's number each time they are asked
/// for; kept is only what cannot be: a few bytes per user.
/// </summary>
internal sealed class SampleGraph
{
    private const int MaxFollows = 2000;
    private readonly SampleSize size;
    private readonly PowerLaw fame;
    private readonly int[] byFame;
    private readonly int[] byLiveliness;
    private readonly SampleSet taken;

    public SampleGraph(SampleSize size)
    {
        this.size = size;
        taken = new SampleSet(size.Users);
        fame = new PowerLaw(size.Users, shift: 8, exponent: 1.1);
        byFame = [.. Enumerable.Range(0, size.Users)];
        Sort(byFame, (user, random) => random.Unit());

        // The famous tend to write more, with many exceptions.
        byLiveliness = [.. byFame];
        Sort(byLiveliness, (rank, random) => (rank + 1) * random.LogNormal(1.5));
        Followers = new int[size.Users];
    }

    /// <summary>How many follow each user, once <see cref="Count"/> was called.</summary>
    public int[] Followers { get; }

    /// <summary>How many follows there are, once <see cref="Count"/> was called.</summary>
    public long Total { get; private set; }

    /// <summary>The user at a rank of liveliness, the liveliest first.</summary>
    public int Lively(int rank) => byLiveliness[rank];

    /// <summary>Goes through all follows once to count them, because the users' rows come before theirs.</summary>
    public void Count(CancellationToken ct)
    {
        var followed = new List<int>();
        for (var user = 0; user < size.Users; user++)
        {
            ct.ThrowIfCancellationRequested();
            FollowedBy(user, followed);
            followed.ForEach(x => Followers[x]++);
            Total += followed.Count;
        }
    }

    /// <summary>How many a user follows: half of them fewer than 14.</summary>
    public int Following(int user) =>
        Math.Min(
            Math.Min(MaxFollows, size.Users - 1),
            (int)(14 * new SampleRandom(size.Seed, Chance.Following, user).LogNormal(1))
        );

    /// <summary>Puts those whom a user follows into the list, instead of what it held.</summary>
    public void FollowedBy(int user, List<int> followed)
    {
        var random = new SampleRandom(size.Seed, Chance.Follow, user);
        followed.Clear();
        taken.Clear(user);
        for (var left = Following(user); left > 0; left--)
        {
            // People beside each other are neighbours and often follow back; the others are the famous.
            var whom = random.Happens(0.3) ? Neighbour(user, ref random) : byFame[fame.Draw(ref random)];
            followed.Add(taken.Take(whom));
        }
    }

    private int Neighbour(int user, ref SampleRandom random)
    {
        var away = 1 + (int)(30 * Math.Pow(random.Unit(), 2));
        var place = (long)user + (random.Happens(0.5) ? away : -away);
        return (int)((place % size.Users + size.Users) % size.Users);
    }

    private void Sort(int[] users, Func<int, SampleRandom, double> key)
    {
        var keys = new double[users.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = key(i, new SampleRandom(size.Seed, Chance.Rank, i));
        }
        Array.Sort(keys, users);
    }
}
