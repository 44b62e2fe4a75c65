using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Pamps.Auth.Tests;

public class HashingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hash_is_right_for_its_password_only_and_salted()
    {
        using var hashing = new PasswordHashing(Settings.Of());
        var hash = await hashing.HashAsync("a", Stop);
        Assert.NotEqual(hash, await hashing.HashAsync("a", Stop));
        Assert.Equal(PasswordCheck.Right, await hashing.CheckAsync(hash, "a", Stop));
        Assert.Equal(PasswordCheck.Wrong, await hashing.CheckAsync(hash, "b", Stop));
        using var stronger = new PasswordHashing(Settings.Of(it => it.PasswordIterations = 1001));
        Assert.Equal(PasswordCheck.RightButOld, await stronger.CheckAsync(hash, "a", Stop));
        Assert.Equal(PasswordCheck.Wrong, await stronger.CheckAsync(hash, "b", Stop));
    }

    [Theory]
    [InlineData("pão", "pa\u0303o", PasswordCheck.Right)]
    [InlineData("pa\u0303o", "pão", PasswordCheck.Right)]
    [InlineData("a b", "a\u3000b", PasswordCheck.Right)]
    [InlineData("a\0", "a\0", PasswordCheck.Right)]
    [InlineData("pão", "pao", PasswordCheck.Wrong)]
    [InlineData("pão", "Pão", PasswordCheck.Wrong)]
    [InlineData("ﬁ", "fi", PasswordCheck.Wrong)]
    public async Task Passwords_are_compared_in_one_form(string set, string typed, PasswordCheck expected)
    {
        using var hashing = new PasswordHashing(Settings.Of());
        Assert.Equal(expected, await hashing.CheckAsync(await hashing.HashAsync(set, Stop), typed, Stop));
    }

    [Fact]
    public async Task What_was_hashed_as_it_was_typed_opens_so_and_is_old()
    {
        using var hashing = new PasswordHashing(Settings.Of());
        var hash = new PasswordHasher<object>().HashPassword("", "pa\u0303o");
        Assert.Equal(PasswordCheck.RightButOld, await hashing.CheckAsync(hash, "pa\u0303o", Stop));
        Assert.Equal(PasswordCheck.Wrong, await hashing.CheckAsync(hash, "pão", Stop));
    }

    [Fact]
    public void What_is_no_text_or_holds_a_control_character_is_no_new_password()
    {
        string[] wrong = ["correct\0horse", "corréct\0horse", "corréct\u0085horse", "correct\uD83D horse"];
        Assert.All(wrong, x => Assert.Null(PasswordForm.Of(x)));
        var rule = new NewPasswordAttribute(9) { MinimumLength = 8 };
        Assert.All(wrong.Append("pa\u0303o de"), x => Assert.False(rule.IsValid(x)));
        Assert.True(rule.IsValid("😀😀😀😀😀😀😀 👍"));
    }

    // Values from crypt_blowfish, which defines them.
    [Theory]
    [InlineData(
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U",
        PasswordCheck.RightButOld
    )]
    [InlineData(
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*",
        PasswordCheck.RightButOld
    )]
    [InlineData(
        "$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*",
        PasswordCheck.RightButOld
    )]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "U*U", PasswordCheck.Wrong)]
    public async Task A_hash_by_bcrypt_is_right_for_its_password_and_old(
        string hash,
        string typed,
        PasswordCheck expected
    )
    {
        using var hashing = new PasswordHashing(Settings.Of());
        Assert.Equal(expected, await hashing.CheckAsync(hash, typed, Stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AQAA")]
    // As dear as whoever wrote it likes.
    [InlineData("$2b$31$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("$2x$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp")]
    public async Task What_is_no_hash_is_wrong_for_every_password(string? hash)
    {
        using var hashing = new PasswordHashing(Settings.Of());
        Assert.Equal(PasswordCheck.Wrong, await hashing.CheckAsync(hash, "", Stop));
    }

    [Theory]
    [InlineData(null, "b")]
    [InlineData("", "b")]
    [InlineData("!", "b")]
    [InlineData(null, "pa\u0303o")]
    public async Task No_hash_is_as_much_work_as_a_wrong_password(string? none, string typed)
    {
        var work = new List<int>();
        using var hashing = new PasswordHashing(Settings.Of(), x => new CountingHasher(x, work));
        var hash = await hashing.HashAsync("a", Stop);
        // The first makes what those without a hash are compared with.
        await hashing.CheckAsync(hash, typed, Stop);
        work.Clear();
        await hashing.CheckAsync(hash, typed, Stop);
        var wrong = work.ToList();
        work.Clear();
        await hashing.CheckAsync(none, typed, Stop);
        Assert.NotEmpty(wrong);
        Assert.Equal(wrong, work);
    }

    [Fact]
    public async Task The_first_check_without_a_hash_is_as_much_work_as_the_first_with_one()
    {
        var (hash, counts) = ("", new List<List<int>>());
        using (var other = new PasswordHashing(Settings.Of()))
        {
            hash = await other.HashAsync("a", Stop);
        }

        foreach (var first in new[] { hash, null })
        {
            counts.Add([]);
            using var hashing = new PasswordHashing(Settings.Of(), x => new CountingHasher(x, counts[^1]));
            await hashing.CheckAsync(first, "b", Stop);
        }

        Assert.Equal(2, counts[0].Count);
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public async Task More_than_may_wait_are_turned_away_and_the_others_served()
    {
        using var hashing = new PasswordHashing(
            Settings.Of(it =>
            {
                it.PasswordIterations = 500_000;
                it.ParallelHashes = 1;
                it.WaitingHashes = 2;
            })
        );
        var tasks = Enumerable.Range(0, 6).Select(_ => hashing.HashAsync("a", Stop)).ToList();
        await Task.WhenAll(tasks).ContinueWith(_ => { }, Stop, default, TaskScheduler.Default);
        Assert.Equal(3, tasks.Count(task => task.IsCompletedSuccessfully));
        var refused = tasks.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException);
        Assert.All(refused, error =>
            Assert.True(Assert.IsType<TooManySignInsException>(error).RetryAfter > TimeSpan.Zero)
        );
    }

    [Fact]
    public async Task However_many_register_who_signs_in_waits_for_two_of_them_at_most()
    {
        using var hashing = new PasswordHashing(
            Settings.Of(it =>
            {
                it.PasswordIterations = 20_000;
                it.ParallelHashes = 1;
                it.WaitingHashes = 18;
            })
        );
        var hash = await hashing.HashAsync("a", Stop);
        var registrations = Enumerable
            .Range(0, 20)
            .Select(_ => hashing.HashForRegistrationAsync("b", Stop))
            .ToList();
        Assert.Equal(PasswordCheck.Right, await hashing.CheckAsync(hash, "a", Stop));
        Assert.InRange(registrations.Count(x => x.IsCompletedSuccessfully), 0, 2);

        await Task.WhenAll(registrations).ContinueWith(_ => { }, Stop, default, TaskScheduler.Default);
        Assert.Equal(19, registrations.Count(x => x.IsCompletedSuccessfully));
        Assert.All(registrations.Where(x => x.IsFaulted), x =>
            Assert.IsType<TooManySignInsException>(x.Exception!.InnerException)
        );
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_queue()
    {
        using var hashing = new PasswordHashing(
            Settings.Of(it =>
            {
                it.PasswordIterations = 500_000;
                it.ParallelHashes = 1;
                it.WaitingHashes = 1;
            })
        );
        using var patience = new CancellationTokenSource();
        var first = hashing.HashAsync("a", Stop);
        var second = hashing.HashAsync("a", patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await hashing.HashAsync("a", Stop);
        await first;
    }

    [Fact]
    public async Task A_full_queue_is_answered_429_and_counts_for_nobody()
    {
        await using var host = await TestHost.StartAsync(it =>
        {
            it.PasswordIterations = 500_000;
            it.ParallelHashes = 1;
            it.WaitingHashes = 0;
            it.SignInFailuresPerAccount = 1;
        });
        await host.SignInAsync("warm", "up");
        var busy = host.Get<PasswordHashing>().HashAsync("a", Stop);
        var answer = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        await busy;
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync()).Status);
    }

    /// <summary>Notes of every hash made or checked how many rounds it has, as the hash itself says it.</summary>
    private sealed class CountingHasher(PasswordHasherOptions options, List<int> work)
        : IPasswordHasher<object>
    {
        private readonly PasswordHasher<object> _inner = new(Options.Create(options));

        public string HashPassword(object user, string password)
        {
            var hash = _inner.HashPassword(user, password);
            work.Add(Rounds(hash));
            return hash;
        }

        public PasswordVerificationResult VerifyHashedPassword(object user, string hash, string password)
        {
            work.Add(Rounds(hash));
            return _inner.VerifyHashedPassword(user, hash, password);
        }

        private static int Rounds(string hash) =>
            BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));
    }
}
