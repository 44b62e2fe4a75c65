using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>Different users for one row: the followed of one person, the likers of one post.</summary>
internal sealed class SampleSet(int users)
{
    private readonly HashSet<int> taken = [];

    /// <summary>Begins anew.</summary>
    /// <param name="except">The one who is never taken.</param>
    public void Clear(int except)
    {
        taken.Clear();
        taken.Add(except);
    }

    /// <summary>Takes this user, or when that was done already the next one who is free.</summary>
    public int Take(int user)
    {
        while (!taken.Add(user))
        {
            user = user + 1 == users ? 0 : user + 1;
        }
        return user;
    }
}
