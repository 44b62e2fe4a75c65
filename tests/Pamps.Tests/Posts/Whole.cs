using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>What must hold after any storm.</summary>
internal static class Whole
{
    /// <summary>Every counter is what counting gives, and every reference leads somewhere.</summary>
    public static async Task AssertAsync(PampsServer pamps)
    {
        var verify = pamps.Services.GetRequiredService<Verify>();
        var findings = await verify.RunAsync(repair: false, null, TestContext.Current.CancellationToken);
        Assert.NotEmpty(findings);
        Assert.All(findings, x => Assert.Equal((x.Name, 0), (x.Name, x.Broken)));
    }

    /// <summary>One of these statuses, and nothing else.</summary>
    public static void AssertIs(Answer answer, params HttpStatusCode[] statuses) =>
        Assert.True(statuses.Contains(answer.Status), $"{answer.Status}: {answer.Body}");

    /// <summary>Runs all at once, and answers with the answers.</summary>
    public static Task<Answer[]> AtOnceAsync(IEnumerable<Func<Task<Answer>>> requests) =>
        Task.WhenAll(requests.Select(x => Task.Run(x)));

    /// <summary>Runs the same request so many times at once.</summary>
    public static Task<Answer[]> AtOnceAsync(int times, Func<Task<Answer>> request) =>
        AtOnceAsync(Enumerable.Repeat(request, times));
}
