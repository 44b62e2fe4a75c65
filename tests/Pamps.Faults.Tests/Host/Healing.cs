using System.Diagnostics;
using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Host;

/// <summary>How a server answers while something is wrong, and when it is well again.</summary>
internal static class Healing
{
    /// <summary>More than any fault takes to heal; a test that waits so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until the answer is that one; answers how long it took.</summary>
    public static async Task<TimeSpan> UntilAsync(HttpStatusCode wanted, Func<Task<Answer>> ask)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (answer.Status == wanted)
            {
                return watch.Elapsed;
            }
            Assert.True(watch.Elapsed < Patience, $"It still answers {answer.Status}: {answer.Body}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Until it is ready, reads and writes; answers how long that took.</summary>
    public static async Task<TimeSpan> UntilWellAsync(this Client client)
    {
        var watch = Stopwatch.StartNew();
        await UntilAsync(HttpStatusCode.OK, () => client.GetAsync("/health/ready"));
        await UntilAsync(HttpStatusCode.OK, () => client.GetAsync("/post/"));
        await UntilAsync(HttpStatusCode.Created, () =>
            client.PostAsync("/post/", new { text = "well again" })
        );
        return watch.Elapsed;
    }

    /// <summary>Checks that this is a refusal that says when to come again.</summary>
    public static void IsUnavailable(this Answer answer)
    {
        answer.Refused(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(answer.Header("Retry-After"));
    }
}
