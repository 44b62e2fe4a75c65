using System.Data.Common;
using System.Security.Cryptography;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>Whose archive is imported, and into which account.</summary>
/// <param name="Username">The name in the archive.</param>
/// <param name="UserId">The account here.</param>
/// <param name="IsForeign">Whether it is from elsewhere, or anybody may have made it: then no id in it counts.</param>
internal sealed record ImportOwner(string Username, long UserId, bool IsForeign = false);

/// <summary>
/// Finds posts of an archive that are here already. A post keeps its id on the way, unless another one here has it: then it
/// takes a free one of the same millisecond, and is known again by its author and its date.
/// </summary>
internal static class FindArchived
{
    /// <summary>So many are looked through for a free id, each of thousands.</summary>
    private const int MostMilliseconds = 8;

    private sealed record Here(long Id, DateTime Date, long UserId);

    /// <summary>The ids that posts named in an archive have here; those that are not here are left out.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="names">The posts; bounded.</param>
    /// <param name="owner">Whose archive it is.</param>
    public static async Task<Dictionary<long, long>> RunAsync(
        Write write,
        IEnumerable<ArchivedName> names,
        ImportOwner owner
    )
    {
        // Of a post that was deleted where the archive was made nothing is known by which it could be found.
        var wanted = names.Where(x => x.Date is not null).DistinctBy(x => x.Id).ToList();
        var found = new Dictionary<long, long>();
        if (wanted.Count == 0)
        {
            return found;
        }
        var here = (
            await write.ListAsync(
                new Statement(
                    $"SELECT p.id, p.date, p.user_id FROM post p WHERE {write.Dialect.IsOneOf("p.id", "ids")}",
                    write.Dialect.Ids("ids", wanted.Select(x => x.Id))
                ),
                ReadHere
            )
        ).ToDictionary(x => x.Id);
        var authors = await FindAuthorsAsync(write, wanted, owner);
        foreach (var name in wanted)
        {
            var author = authors.GetValueOrDefault(Names.Key(name.Author!));
            if (
                here.TryGetValue(name.Id, out var same)
                && same.Date == name.Date
                // One's own posts are those in the account, not those that the archive was made of.
                && (name.Author != owner.Username || same.UserId == owner.UserId)
            )
            {
                found[name.Id] = same.Id;
            }
            else if (author != 0 && await FindMovedAsync(write, name, author) is { } moved)
            {
                found[name.Id] = moved;
            }
        }
        return found;
    }

    /// <summary>The ids that the account's own posts of an archive have here.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="posts">The posts, with all of a millisecond together; bounded.</param>
    /// <param name="owner">The account.</param>
    public static Task<Dictionary<long, long>> OwnAsync(
        Write write,
        IReadOnlyList<ArchivedPost> posts,
        ImportOwner owner
    ) =>
        owner.IsForeign
            ? FindForeign.OwnAsync(write, posts, owner.UserId)
            : OwnAsync(write, posts, owner.UserId);

    private static async Task<Dictionary<long, long>> OwnAsync(
        Write write,
        IReadOnlyList<ArchivedPost> posts,
        long userId
    )
    {
        // CROSS, because SQLite then takes them in this order: else it reads all the account's posts for each batch.
        var here = await write.ListAsync(
            new Statement(
                $"""
                SELECT DISTINCT p.id, p.date, p.user_id
                FROM {write.Dialect.RowsOf("firsts")} x CROSS JOIN post p
                WHERE p.user_id = @user_id AND p.id BETWEEN x.value AND x.value + {Ids.PerMillisecond - 1}
                """,
                write.Dialect.Ids("firsts", posts.Select(x => Ids.MillisecondOf(x.Id).First).Distinct()),
                ("user_id", userId)
            ),
            ReadHere
        );
        var found = new Dictionary<long, long>();
        // First those that kept their ids; of what is left, the nth that moved is the nth of its date.
        var left = here.ToDictionary(x => x.Id);
        foreach (var post in posts)
        {
            if (left.TryGetValue(post.Id, out var same) && same.Date == post.Date)
            {
                found[post.Id] = same.Id;
                left.Remove(same.Id);
            }
        }
        var moved = left.Values.OrderBy(x => x.Id).ToList();
        foreach (var post in posts.Where(x => !found.ContainsKey(x.Id)))
        {
            var millisecond = Ids.MillisecondOf(post.Id);
            var place = moved.FindIndex(x => x.Date == post.Date && Ids.MillisecondOf(x.Id) == millisecond);
            if (place >= 0)
            {
                found[post.Id] = moved[place].Id;
                moved.RemoveAt(place);
            }
        }
        return found;
    }

    /// <summary>Which of these ids rows of a table have.</summary>
    public static async Task<HashSet<long>> TakenAsync(Write write, string table, IEnumerable<long> ids) =>
        [
            .. await write.ListAsync(
                new Statement(
                    $"SELECT t.id FROM \"{table}\" t WHERE {write.Dialect.IsOneOf("t.id", "ids")}",
                    write.Dialect.Ids("ids", ids)
                ),
                row => row.GetInt64(0)
            ),
        ];

    /// <summary>Which of these ids posts reply to.</summary>
    public static Task<List<long>> AnsweredAsync(Write write, IEnumerable<long> ids) =>
        write.ListAsync(
            new Statement(
                $"SELECT DISTINCT r.parent_id FROM post r WHERE {write.Dialect.IsOneOf("r.parent_id", "ids")}",
                write.Dialect.Ids("ids", ids)
            ),
            row => row.GetInt64(0)
        );

    /// <summary>An id of the same millisecond that no post has, and to which no reply refers whose post is gone.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="id">The id that is taken.</param>
    /// <param name="given">Ids that are about to be taken; the new one is added.</param>
    /// <param name="owner">
    /// Whose post it is. One of elsewhere goes into another millisecond soon after when all of its own are taken: else whoever takes them
    /// would keep others' posts of that time out. It is drawn, so that nobody can take all of those as well.
    /// </param>
    public static async Task<long> FreeIdAsync(Write write, long id, HashSet<long> given, ImportOwner owner)
    {
        for (var tries = owner.IsForeign ? MostMilliseconds : 1; tries > 0; tries--)
        {
            if (await FreeInAsync(write, id, given) is { } free)
            {
                given.Add(free);
                return free;
            }
            id += (long)Ids.PerMillisecond * RandomNumberGenerator.GetInt32(1, 1000);
        }
        throw new InvalidOperationException($"Every id in the millisecond of {id} is taken.");
    }

    private static async Task<long?> FreeInAsync(Write write, long id, HashSet<long> given)
    {
        var (first, last) = Ids.MillisecondOf(id);
        var taken = await write.ListAsync(
            new Statement(
                """
                SELECT p.id FROM post p WHERE p.id BETWEEN @first AND @last
                UNION SELECT r.parent_id FROM post r WHERE r.parent_id BETWEEN @first AND @last
                """,
                ("first", first),
                ("last", last)
            ),
            row => row.GetInt64(0)
        );
        var all = taken.ToHashSet();
        for (var i = 1; i <= Ids.PerMillisecond; i++)
        {
            var free = first + ((id - first + i) % Ids.PerMillisecond);
            if (free > 0 && !all.Contains(free) && !given.Contains(free))
            {
                return free;
            }
        }
        return null;
    }

    private static async Task<long?> FindMovedAsync(Write write, ArchivedName name, long author)
    {
        var (first, last) = Ids.MillisecondOf(name.Id);
        var there = await write.ListAsync(
            new Statement(
                "SELECT p.id, p.date, p.user_id FROM post p WHERE p.user_id = @user_id AND p.id BETWEEN @first AND @last ORDER BY p.id",
                ("user_id", author),
                ("first", first),
                ("last", last)
            ),
            ReadHere
        );
        return there.Find(x => x.Date == name.Date)?.Id;
    }

    private static async Task<Dictionary<string, long>> FindAuthorsAsync(
        Write write,
        IEnumerable<ArchivedName> names,
        ImportOwner owner
    )
    {
        var own = Names.Key(owner.Username);
        var keys = names.Select(x => Names.Key(x.Author!)).Where(x => x != own).Distinct().ToList();
        var found = await UserSql.FindIdsAsync(write, keys);
        // Under whatever name the account has here.
        found[own] = owner.UserId;
        return found;
    }

    private static Here ReadHere(DbDataReader row) => new(row.GetInt64(0), row.GetUtc(1), row.GetInt64(2));
}
