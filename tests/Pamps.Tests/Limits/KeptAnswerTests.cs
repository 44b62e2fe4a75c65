using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Core.Writes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Limits;

/// <summary>What answers that are kept for Idempotency-Keys weigh.</summary>
public sealed class KeptAnswerTests
{
    [Theory, OnEachDatabase]
    public async Task An_answer_is_kept_only_of_what_changed_something_and_under_a_hash_of_its_key(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var like = $"/post/{await ana.WriteAsync("likeable")}/like/";
        Assert.Equal(Created, (await LikeAsync(0)).Status);

        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(OK, (await LikeAsync(i)).Status);
        }

        Assert.Equal(1, await pamps.CountAsync("idempotency"));
        Assert.Equal(
            44,
            await pamps.ScalarAsync<long>(
                "SELECT CAST(length(key) + length(fingerprint) AS bigint) FROM idempotency"
            )
        );
        Assert.Equal(Created, (await LikeAsync(0)).Status);

        Task<Answer> LikeAsync(int i) =>
            ana.PostAsync(like, null, ("Idempotency-Key", $"{new string('k', 250)}{i}"));
    }

    [Theory, OnEachDatabase]
    public async Task Of_an_account_a_thousand_answers_are_kept_the_newest(Database database)
    {
        var time = new FakeTime();
        // The clock says when it is looked for what is too much.
        time.Advance(TimeSpan.FromMicroseconds(16));
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var ana = await pamps.RegisterAsync("ana");
        var now = time.GetUtcNow().UtcDateTime;
        await pamps
            .Services.GetRequiredService<IDatabase>()
            .InsertManyAsync(
                "idempotency",
                ["user_id", "key", "fingerprint", "answer", "created_at"],
                Enumerable
                    .Range(0, 2200)
                    .Select(
                        object?[] (i) =>
                            [ana.Id + i % 2, $"{i}", "", "", now - TimeSpan.FromSeconds(2200 - i)]
                    ),
                TestContext.Current.CancellationToken
            );

        await ana.PostAsync("/post/", new { text = "once" }, ("Idempotency-Key", "once"));

        Assert.Equal(
            IdempotencyKey.MostKept,
            await pamps.CountAsync($"idempotency WHERE user_id = {ana.Id}")
        );
        Assert.Equal(0, await pamps.CountAsync($"idempotency WHERE user_id = {ana.Id} AND key = '200'"));
        Assert.Equal(1, await pamps.CountAsync($"idempotency WHERE user_id = {ana.Id} AND key = '202'"));
        Assert.Equal(1100, await pamps.CountAsync($"idempotency WHERE user_id = {ana.Id + 1}"));
    }
}
