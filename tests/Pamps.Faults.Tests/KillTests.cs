using System.Collections.Concurrent;
using System.Net;
using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;
using Pamps.Tests.Media;

namespace Pamps.Faults.Tests;

/// <summary>The process dies in the middle of its work.</summary>
public sealed class KillTests
{
    [Theory, OnEachDatabase]
    public async Task What_was_acknowledged_is_there_after_the_process_was_killed_amid_writes(
        Database database
    )
    {
        await using var pamps = await RunningServer.StartAsync(database);
        using var crowd = await Crowd.RegisterAsync(pamps.Address, size: 16);
        var random = new Random(1);
        for (var round = 0; round < Size.Of(3, 50); round++)
        {
            using var stop = new CancellationTokenSource();
            var writing = crowd.WriteAsync(stop.Token);
            await crowd.HasWrittenAsync(random.Next(50, 400), writing);
            await pamps.KillAsync();
            await stop.CancelAsync();
            await writing;

            await pamps.StartAgainAsync();
            await crowd.CheckAsync();
            await pamps.AssertConsistentAsync();
        }
        Report.Say(
            $"{database}: {crowd.Acknowledged} writes acknowledged, {crowd.Unknown} not; none was lost"
        );
    }

    [Theory, OnEachDatabase]
    public async Task No_picture_lacks_its_file_however_often_the_process_is_killed_amid_uploads(
        Database database
    )
    {
        await using var pamps = await RunningServer.StartAsync(database);
        var people = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(x => pamps.RegisterAsync($"person_{x}"))
        );
        var kept = new ConcurrentBag<string>();
        var random = new Random(1);
        for (var round = 0; round < Size.Of(2, 30); round++)
        {
            var wanted = kept.Count + random.Next(10, 40);
            using var stop = new CancellationTokenSource();
            var uploading = people.Select(x => UploadAsync(x, kept, stop.Token)).ToList();
            while (kept.Count < wanted && !uploading.Exists(x => x.IsCompleted))
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
            await pamps.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(uploading);

            await pamps.StartAgainAsync();
            // It reads every file that a row names.
            (await pamps.Workplace.RunAsync("media", "check")).Succeeded();
            await pamps.AssertConsistentAsync();
        }
        using var http = new HttpClient { BaseAddress = pamps.Address };
        foreach (var address in kept)
        {
            using var answer = await http.GetAsync(
                new Uri(address, UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Report.Say($"{database}: {kept.Count} pictures acknowledged; none was lost");
        Array.ForEach(people, x => x.Dispose());
    }

    /// <summary>Uploads until told to stop, or there is no server.</summary>
    private static async Task UploadAsync(Client person, ConcurrentBag<string> kept, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var noise = NetVips.Image.Gaussnoise(16, 16, seed: Random.Shared.Next());
                var answer = await person.UploadAsync(Pictures.Of("png", noise));
                Assert.Equal(HttpStatusCode.Created, answer.Status);
                kept.Add((string)answer["url"]!);
                kept.Add((string)answer["preview_url"]!);
            }
        }
        catch (Exception exception) when (BrokenConnection.Is(exception))
        {
            // Killed.
        }
    }
}
