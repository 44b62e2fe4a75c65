using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Core.Writes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Notifications;

/// <summary>A notification in short.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Who">Whose deed it is.</param>
/// <param name="PostId">Of which post.</param>
internal sealed record Told(string Kind, string Who, long? PostId)
{
    public const string Path = "/notification/";

    public static Told Like(Client who, long postId) => new("like", who.Username, postId);

    public static Told Reply(Client who, long postId) => new("reply", who.Username, postId);

    public static Told Mention(Client who, long postId) => new("mention", who.Username, postId);

    public static Told Follow(Client who) => new("follow", who.Username, null);

    /// <summary>What a user is told, newest first.</summary>
    public static async Task<IReadOnlyList<Told>> OfAsync(Client user)
    {
        var list = await user.GetAsync(Path + "?limit=100");
        Assert.Equal(HttpStatusCode.OK, list.Status);
        return
        [
            .. list.Items.Select(x => new Told(
                (string)x!["kind"]!,
                (string)x["user"]!["username"]!,
                (long?)x["post"]?["id"]
            )),
        ];
    }

    public static async Task<long> UnreadAsync(Client user) =>
        (long)(await user.GetAsync(Path + "unread/"))["count"]!;

    /// <summary>Marks as read.</summary>
    public static Task<Answer> ReadAsync(Client user, long upTo) =>
        user.PostAsync(Path + "read/", new { up_to = upTo });

    /// <summary>The events that the live stream will bring a user of their notifications, oldest first.</summary>
    public static async Task<IReadOnlyList<(EventKind Kind, long Id)>> EventsForAsync(Client user)
    {
        await using var connection = await user
            .Server.Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT kind, subject_id FROM event WHERE kind IN (4, 5) AND user_id = {user.Id} ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var events = new List<(EventKind, long)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            events.Add(((EventKind)reader.GetInt16(0), reader.GetInt64(1)));
        }
        return events;
    }
}
