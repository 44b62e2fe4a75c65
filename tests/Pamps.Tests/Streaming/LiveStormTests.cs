using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>Many write at once, and the listeners break off all the time: each hears everything once, in order.</summary>
public sealed class LiveStormTests
{
    private const int Writers = 6;
    private const int PostsEach = 60;

    [Theory, OnEachDatabase]
    public async Task In_a_storm_nothing_is_missed_and_nothing_told_twice(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        await StormAsync(pamps, [pamps]);
    }

    [Fact]
    public async Task Several_instances_on_one_PostgreSQL_are_one_stream()
    {
        await using var first = await PampsServer.StartAsync(Database.Postgres, ServerInstances.ShareKey);
        await using var second = await first.StartAnotherAsync();
        await StormAsync(first, [first, second]);
    }

    /// <summary>Everybody writes to, and listens at, any of the instances, another one each time.</summary>
    private static async Task StormAsync(PampsServer pamps, PampsServer[] instances)
    {
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var writers = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(i => pamps.RegisterAsync($"writer{i}"))
        );
        foreach (var writer in writers)
        {
            await beto.PostAsync($"/user/follow/{writer.Id}/");
        }
        foreach (var writer in writers.Take(Writers / 2))
        {
            await ana.PostAsync($"/user/follow/{writer.Id}/");
        }

        var begun = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var listening = new[] { ana, beto }.Select((x, i) => ListenAsync(x, instances, begun[i])).ToList();
        await Task.WhenAll(begun.Select(x => x.Task));
        await Task.WhenAll(writers.Select((x, i) => WriteAsync(x.At(instances[i % instances.Length]))));
        foreach (var listener in new[] { ana, beto })
        {
            await listener.WriteAsync("the end");
        }

        var heard = await Task.WhenAll(listening);
        Assert.Equal(
            await TruthAsync(pamps, [ana.Id, .. writers.Take(Writers / 2).Select(x => x.Id)]),
            heard[0]
        );
        Assert.Equal(await TruthAsync(pamps, [beto.Id, .. writers.Select(x => x.Id)]), heard[1]);
        foreach (var writer in writers)
        {
            writer.Dispose();
        }
    }

    private static async Task WriteAsync(Client writer)
    {
        for (var i = 0; i < PostsEach; i++)
        {
            var id = await writer.WriteAsync($"post {i}");
            if (i % 5 == 0)
            {
                await writer.PatchAsync($"/post/{id}/", new { text = $"post {i}, edited" });
            }
        }
    }

    private static async Task<List<string>> ListenAsync(
        Client listener,
        PampsServer[] instances,
        TaskCompletionSource begun
    )
    {
        var heard = new List<string>();
        string? place = null;
        for (var round = 0; ; round++)
        {
            using var stream = await LiveStream.OpenWhenThereIsRoomAsync(
                listener.At(instances[round % instances.Length]),
                place
            );
            if (place is null)
            {
                // Who is cut off before the first event could not say where to go on.
                await listener.WriteAsync("the beginning");
            }
            for (var left = Random.Shared.Next(1, 30); left > 0; left--)
            {
                Block? block;
                try
                {
                    block = await stream.NextAsync();
                }
                catch (IOException)
                {
                    // Cut off for reading too slowly, as on a busy machine: it goes on from the last event.
                    break;
                }
                Assert.NotNull(block);
                Assert.Contains(block.Event, new[] { "post", "edit" });
                heard.Add($"{block.Id} {block.Event} {block.Json["id"]}");
                place = block.Id;
                begun.TrySetResult();
                if ((string?)block.Json["text"] == "the end")
                {
                    return heard;
                }
            }
        }
    }

    /// <summary>The events of these authors' posts, as the database has them.</summary>
    private static async Task<List<string>> TruthAsync(PampsServer pamps, IEnumerable<long> authors)
    {
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT tx, id, kind, subject_id FROM event
            WHERE user_id IN ({string.Join(",", authors)}) AND kind IN (1, 2) ORDER BY tx, id
            """;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var truth = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var name = reader.GetInt16(2) == 1 ? "post" : "edit";
            truth.Add($"{reader.GetInt64(0)}-{reader.GetInt64(1)} {name} {reader.GetInt64(3)}");
        }
        return truth;
    }
}
