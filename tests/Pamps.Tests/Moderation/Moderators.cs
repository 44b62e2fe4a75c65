using Pamps.Tests.Host;

namespace Pamps.Tests.Moderation;

/// <summary>What tests of moderation do again and again.</summary>
internal static class Moderators
{
    /// <summary>A superuser who makes a moderator of a new user.</summary>
    public static async Task<Client> RegisterModeratorAsync(this PampsServer pamps, Client boss)
    {
        var moderator = await pamps.RegisterAsync();
        var made = await boss.PatchAsync($"/user/{moderator.Username}/", new { role = "moderator" });
        Assert.Equal(System.Net.HttpStatusCode.OK, made.Status);
        Assert.Equal("moderator", (string)made["role"]!);
        Assert.False((bool)made["superuser"]!);
        return moderator;
    }

    /// <summary>A user of that very name.</summary>
    public static async Task<Client> RegisterNamedAsync(this PampsServer pamps, string username)
    {
        var client = new Client(pamps, username, id: 0);
        await client.RegisterAsync();
        return client;
    }

    public static Task<Answer> ActAsync(
        this Client moderator,
        Client on,
        string action,
        string? message = null,
        long? report = null,
        params long[] posts
    ) => moderator.ActAsync(on.Username, action, message, report, posts);

    public static Task<Answer> ActAsync(
        this Client moderator,
        string on,
        string action,
        string? message = null,
        long? report = null,
        params long[] posts
    ) =>
        moderator.PostAsync(
            $"/moderation/user/{on}/action/",
            new
            {
                action,
                message,
                report_id = report,
                posts,
            }
        );
}
