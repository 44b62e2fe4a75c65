using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>Makes the account follow whom the archive's person follows, where somebody of that name is here. Nobody is notified.</summary>
internal sealed class ImportFollows(Writer writer)
{
    /// <summary>Writes those that are not here yet, all or none.</summary>
    /// <param name="follows">The follows; bounded.</param>
    /// <param name="owner">Who follows.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Result<Imported>> RunAsync(
        IReadOnlyList<ArchivedFollow> follows,
        ImportOwner owner,
        CancellationToken ct
    ) =>
        writer.RunAsync<Imported>(
            viewer: null,
            async write =>
            {
                if (!await UserSql.ExistsAsync(write, owner.UserId))
                {
                    return Error.UserNotFound;
                }
                var people = await UserSql.FindIdsAsync(
                    write,
                    [.. follows.Select(x => Names.Key(x.Username)).Distinct()]
                );
                // Nobody follows themselves, not even under another name.
                foreach (var (name, _) in people.Where(x => x.Value == owner.UserId).ToList())
                {
                    people.Remove(name);
                }
                var standing = await write.ListAsync(
                    new Statement(
                        $"""
                        SELECT s."to" FROM social s
                        WHERE s."from" = @from AND {write.Dialect.IsOneOf("s.\"to\"", "followed")}
                        """,
                        ("from", owner.UserId),
                        write.Dialect.Ids("followed", people.Values)
                    ),
                    row => row.GetInt64(0)
                );
                var known = follows.Where(x => people.ContainsKey(Names.Key(x.Username))).ToList();
                var made = known
                    .DistinctBy(x => Names.Key(x.Username))
                    .Where(x => !standing.Contains(people[Names.Key(x.Username)]))
                    .ToList();
                if (made.Count > 0)
                {
                    await WriteAsync(write, made, people, owner);
                }
                return new Imported(made.Count, follows.Count - known.Count);
            },
            ct
        );

    private static async Task WriteAsync(
        Write write,
        List<ArchivedFollow> made,
        Dictionary<string, long> people,
        ImportOwner owner
    )
    {
        var taken = await FindArchived.TakenAsync(write, "social", made.Select(x => x.Id));
        write.Then(
            made.Select(x => new Statement(
                "INSERT INTO social (id, \"from\", \"to\", date) VALUES (@id, @from, @to, @date)",
                ("id", taken.Contains(x.Id) ? write.NewId() : x.Id),
                ("from", owner.UserId),
                ("to", people[Names.Key(x.Username)]),
                ("date", x.Date)
            ))
        );
        write.Then(
            new Statement(
                $"""
                UPDATE "user" SET followers_count = followers_count + 1
                WHERE {write.Dialect.IsOneOf("id", "followed")}
                """,
                write.Dialect.Ids("followed", made.Select(x => people[Names.Key(x.Username)]))
            ),
            new Statement(
                "UPDATE \"user\" SET following_count = following_count + @count WHERE id = @id",
                ("count", (long)made.Count),
                ("id", owner.UserId)
            )
        );
    }
}
