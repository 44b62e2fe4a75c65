using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Consumers;
using Pamps.Core.Streaming;
using Pamps.Tests.Host;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Jobs;

/// <summary>Who must hear of everything does, in its order, though servers end in the middle.</summary>
public sealed class ConsumerTests
{
    [Theory, OnEachDatabase]
    public async Task A_consumer_misses_nothing_though_it_fails_and_servers_come_and_go(Database database)
    {
        var heard = new Heard();
        var uri = await TestDatabase.CreateAsync(database);
        string username;
        await using (var first = await StartAsync(database, uri, heard))
        {
            using var author = await first.RegisterAsync();
            username = author.Username;
            await WriteAsync(author, 50);
            // What is told last before the end is told again: the server ends before its place is kept.
            heard.HangsNext = true;
            // All of those before may have been heard by now.
            await WriteAsync(author, 1);
            await UntilAsync(() => Task.FromResult(heard.Hangs));
            await WriteAsync(author, 49);
        }
        await using (var withoutIt = await PampsServer.StartAsync(database, x => x.Db.Uri = uri))
        {
            using var author = new Client(withoutIt, username, id: 0);
            await author.SignInAsync();
            await WriteAsync(author, 50);
        }
        await using var second = await StartAsync(database, uri, heard);
        await using var third = await StartAsync(database, uri, heard);
        using (var author = new Client(second, username, id: 0))
        {
            await author.SignInAsync();
            await WriteAsync(author, 50);
        }
        var all = await second.ScalarAsync<long>("SELECT count(*) FROM event");
        await UntilAsync(() => Task.FromResult(heard.Places.Distinct().Count() >= all));

        var places = heard.Places;
        Assert.Equal(all, places.Distinct().Count());
        // Told again are the events since a place that had been kept; without that repetition all are in their order.
        var order = new List<EventPlace>();
        foreach (var place in places)
        {
            order.RemoveAll(x => !place.IsAfter(x));
            order.Add(place);
        }
        Assert.Equal(places.Distinct().OrderBy(x => x.Tx).ThenBy(x => x.Id), order);
        Assert.InRange(places.Count - all, 1, 600);
        Assert.False(heard.Overlapped);
    }

    [Theory, OnEachDatabase]
    public async Task A_new_consumer_begins_with_what_happens_then(Database database)
    {
        var uri = await TestDatabase.CreateAsync(database);
        string username;
        await using (var before = await PampsServer.StartAsync(database, x => x.Db.Uri = uri))
        {
            using var author = await before.RegisterAsync();
            username = author.Username;
            await WriteAsync(author, 3);
            await SettledAsync(before, database);
        }
        var heard = new Heard { Fails = 0 };
        await using var pamps = await StartAsync(database, uri, heard);
        using var again = new Client(pamps, username, id: 0);
        await again.SignInAsync();
        var newest = await pamps.ScalarAsync<long>("SELECT max(id) FROM event");
        await WriteAsync(again, 1);
        var last = await pamps.ScalarAsync<long>("SELECT max(id) FROM event");
        await UntilAsync(() => Task.FromResult(heard.Has(last)));
        Assert.All(heard.Places, x => Assert.True(x.Id > newest));
    }

    private static async Task SettledAsync(PampsServer pamps, Database database)
    {
        const string Unsettled =
            "SELECT count(*) FROM event WHERE tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        await UntilAsync(async () =>
            database == Database.Sqlite || await pamps.ScalarAsync<long>(Unsettled) == 0
        );
    }

    private static Task<PampsServer> StartAsync(Database database, string uri, Heard heard) =>
        PampsServer.StartAsync(
            database,
            x => x.Db.Uri = uri,
            services: x =>
            {
                x.AddSingleton(heard).AddEventConsumer<Listener>();
                x.AddSingleton(Fast with { Pause = TimeSpan.FromMilliseconds(20) });
            }
        );

    private static Task<long[]> WriteAsync(Client author, int posts) =>
        Task.WhenAll(Enumerable.Range(0, posts).Select(x => author.WriteAsync($"post {x}")));

    private sealed class Heard
    {
        private readonly ConcurrentQueue<EventPlace> places = new();
        private int inside;

        /// <summary>So many times it throws after it has heard.</summary>
        public int Fails { get; set; } = 2;

        public bool HangsNext { get; set; }

        public bool Hangs { get; private set; }

        public bool Overlapped { get; private set; }

        public List<EventPlace> Places => [.. places];

        public bool Has(long id) => places.Any(x => x.Id == id);

        public async Task ConsumeAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
        {
            Overlapped |= Interlocked.Increment(ref inside) > 1;
            try
            {
                foreach (var row in events)
                {
                    places.Enqueue(row.Place);
                }
                if (HangsNext)
                {
                    (HangsNext, Hangs) = (false, true);
                    await Task.Delay(Timeout.Infinite, ct);
                }
                if (Fails > 0)
                {
                    Fails--;
                    throw new InvalidOperationException("not today");
                }
            }
            finally
            {
                Interlocked.Decrement(ref inside);
            }
        }
    }

    private sealed class Listener(Heard heard) : IEventConsumer
    {
        public string Name => "test";

        public Task ConsumeAsync(IReadOnlyList<EventRow> events, CancellationToken ct) =>
            heard.ConsumeAsync(events, ct);
    }
}
