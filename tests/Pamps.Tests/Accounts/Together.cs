using System.Net;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>Small helpers for what many tests here do.</summary>
internal static class Together
{
    public const int Many = 16;

    /// <summary>Sends the same request many times at once.</summary>
    public static Task<Answer[]> AtOnceAsync(Func<Task<Answer>> send) => AtOnceAsync(_ => send());

    /// <summary>Sends many requests at once.</summary>
    public static async Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> send, int times = Many)
    {
        using var start = new SemaphoreSlim(0);
        var all = Enumerable
            .Range(0, times)
            .Select(i =>
                Task.Run(async () =>
                {
                    await start.WaitAsync();
                    return await send(i);
                })
            )
            .ToList();
        start.Release(times);
        return await Task.WhenAll(all);
    }

    /// <summary>Checks that so many have this status and all the others that one.</summary>
    public static void Split(this Answer[] answers, int times, HttpStatusCode status, HttpStatusCode others)
    {
        Assert.Equal(times, answers.Count(x => x.Status == status));
        Assert.All(answers.Where(x => x.Status != status), x => Assert.Equal(others, x.Status));
    }

    /// <summary>Checks that at least one and at most so many have this status, and all the others that one.</summary>
    public static void SplitAtMost(
        this Answer[] answers,
        int most,
        HttpStatusCode status,
        HttpStatusCode others
    )
    {
        var times = answers.Count(x => x.Status == status);
        Assert.InRange(times, 1, most);
        answers.Split(times, status, others);
    }

    /// <summary>Checks that this is a 422 that blames exactly these fields.</summary>
    public static void Blames(this Answer answer, params string[] fields)
    {
        Assert.NotEmpty(answer.Refused(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(fields.Order(), answer["errors"]!.AsObject().Select(x => x.Key).Order());
        Assert.All(answer["errors"]!.AsObject(), x =>
            Assert.All(x.Value!.AsArray(), m => Assert.NotEmpty((string)m!))
        );
    }

    /// <summary>Checks that this is an object with exactly these fields.</summary>
    public static void HasFields(this JsonNode? json, params string[] fields) =>
        Assert.Equal(fields.Order(), json!.AsObject().Select(x => x.Key).Order());

    public static string NewName(string prefix = "u") => $"{prefix}_{Guid.NewGuid():N}"[..20];

    /// <summary>What a person sends to register under this name.</summary>
    public static JsonObject Registration(string username) =>
        new()
        {
            ["email"] = $"{username}@example.org",
            ["username"] = username,
            ["password"] = Client.DefaultPassword,
        };

    /// <summary>Another program of the same person, signed in by itself.</summary>
    public static async Task<Client> OtherProgramAsync(this Client client)
    {
        var other = new Client(client.Server, client.Username, client.Id);
        await other.SignInAsync();
        return other;
    }

    /// <summary>Walks a list along its links and answers with every page.</summary>
    public static async Task<List<Answer>> WalkAsync(this Client client, string path, string rel = "next")
    {
        var pages = new List<Answer>();
        for (var next = path; next is not null; next = pages[^1].Link(rel))
        {
            pages.Add(await client.GetAsync(next));
            Assert.Equal(HttpStatusCode.OK, pages[^1].Status);
            Assert.True(pages.Count <= 100, "The links go round in a circle.");
        }
        return pages;
    }
}
