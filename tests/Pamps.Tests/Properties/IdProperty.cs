using FsCheck.Fluent;
using Pamps.Core;

namespace Pamps.Tests.Properties;

/// <summary>What holds for ids, whatever the clock does.</summary>
public sealed class IdProperty
{
    [Fact]
    public async Task Ids_grow_and_fit_in_53_bits_however_the_clock_jumps()
    {
        var jumps = Gen.OneOf(
                Gen.Choose(-5, 5),
                Gen.Choose(-100_000_000, 100_000_000),
                Gen.Elements(0, 1, -1, int.MinValue, int.MaxValue)
            )
            .ArrayOf();
        await ForEvery.HoldsAsync(jumps, 200, milliseconds =>
        {
            var clock = new JumpingClock();
            var ids = new Ids(clock);
            var last = 0L;
            foreach (var jump in milliseconds)
            {
                clock.Jump(jump);
                for (var i = 0; i < 3; i++)
                {
                    var id = ids.Next();
                    Assert.InRange(id, last + 1, Ids.Max);
                    last = id;
                }
            }
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Many_threads_draw_different_ids_and_each_sees_them_grow()
    {
        // A clock that stands still is the hardest: all ids come out of one millisecond.
        const int Threads = 4;
        const int Draws = 400_000;
        var ids = new Ids(new JumpingClock());
        // All begin together and draw for long enough to be in each other's way.
        using var start = new Barrier(Threads);
        var all = await Task.WhenAll(
            Enumerable
                .Range(0, Threads)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            var drawn = new long[Draws];
                            for (var i = 0; i < Draws; i++)
                            {
                                drawn[i] = ids.Next();
                            }
                            return drawn;
                        },
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
        Assert.All(all, x => Assert.True(x.Zip(x.Skip(1)).All(pair => pair.First < pair.Second)));
        Assert.Equal(Threads * Draws, all.SelectMany(x => x).Distinct().Count());
    }

    [Fact]
    public void A_later_millisecond_gives_a_larger_id_on_another_server_too()
    {
        var clock = new JumpingClock();
        for (var i = 0; i < 100; i++)
        {
            var here = new Ids(clock).Next();
            clock.Jump(1);
            Assert.True(here < new Ids(clock).Next());
        }
    }

    [Fact]
    public void Ids_fit_until_2093()
    {
        var clock = new JumpingClock(new DateTimeOffset(2093, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.InRange(new Ids(clock).Next(), 1, Ids.Max);
        Assert.Equal(9_007_199_254_740_991, Ids.Max);
    }

    private sealed class JumpingClock(DateTimeOffset? start = null) : TimeProvider
    {
        private DateTimeOffset now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Jump(int milliseconds) => now = now.AddMilliseconds(milliseconds);

        public override DateTimeOffset GetUtcNow() => now;
    }
}
