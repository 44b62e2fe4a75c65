using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class UserListTests
{
    private const int Users = 510;

    [Theory, OnEachDatabase]
    public async Task All_users_are_listed_however_many_there_are(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            await MakeUsersAsync(pamps.Services.GetRequiredService<IDatabase>());
        }

        var table = (await workplace.RunAsync("user-list")).Succeeded();
        Assert.Contains("Pamps users", table.Split('\n')[0], StringComparison.Ordinal);
        var rows = table.Split('\n').Where(x => x.StartsWith('│')).Select(Cells).ToList();
        Assert.Equal(["username", "email"], rows[0]);
        var users = rows.Where(x => x[0] != "username").ToList();
        Assert.Equal(
            Enumerable.Range(1, Users).Select(x => (string[])[$"user{x}", $"user{x}@example.org"]),
            users
        );

        var json = JsonNode.Parse((await workplace.RunAsync("user-list", "--json")).Succeeded())!.AsArray();
        Assert.Equal(Users, json.Count);
        Assert.Equal(
            """{"id":510,"username":"user510","email":"user510@example.org","superuser":false,"active":true}""",
            json[^1]!.ToJsonString()
        );
    }

    private static string[] Cells(string row) => [.. row.Trim('│').Split('│').Select(x => x.Trim())];

    private static async Task MakeUsersAsync(IDatabase database)
    {
        var ids = Enumerable.Range(1, Users).Select(x => (long)x).ToList();
        await database.InsertManyAsync(
            "user",
            [
                "id",
                "username",
                "username_key",
                "created_at",
                "posts_count",
                "followers_count",
                "following_count",
            ],
            ids.Select(x => new object?[] { x, $"user{x}", $"user{x}", DateTime.UnixEpoch, 0L, 0L, 0L }),
            CancellationToken.None
        );
        await database.InsertManyAsync(
            "account",
            ["user_id", "email", "email_key", "password"],
            ids.Select(x => new object?[] { x, $"user{x}@example.org", $"user{x}@example.org", "no hash" }),
            CancellationToken.None
        );
    }
}
