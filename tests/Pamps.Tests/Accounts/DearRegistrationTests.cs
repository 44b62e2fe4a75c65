using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Auth;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using Pamps.Tests.Posts;

namespace Pamps.Tests.Accounts;

/// <summary>A hash costs a tenth of a second of a processor: nobody gets one who is refused anyway.</summary>
public sealed class DearRegistrationTests
{
    [Theory, OnEachDatabase]
    public async Task A_registration_that_is_refused_or_repeated_hashes_nothing(Database database)
    {
        CountedPasswords passwords = null!;
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
            x.AddSingleton<IPasswords>(y =>
                passwords = new CountedPasswords(y.GetRequiredService<PasswordHashing>())
            )
        );
        using var anyone = pamps.Anonymous();
        object ana = Account("ana", "ana@example.org");
        var first = await anyone.PostAsync("/user/", ana, ("Idempotency-Key", "one"));
        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(1, passwords.Hashes);

        foreach (
            var taken in new[]
            {
                ana,
                Account("Ana", "other@example.org"),
                Account("other", "ana@example.org"),
            }
        )
        {
            var answers = await Whole.AtOnceAsync(12, () => anyone.PostAsync("/user/", taken));
            Assert.All(answers, x => x.Refused(HttpStatusCode.Conflict));
            (await anyone.PostAsync("/user/", taken, ("Idempotency-Key", "two"))).Refused(
                HttpStatusCode.Conflict
            );
        }
        var again = await anyone.PostAsync("/user/", ana, ("Idempotency-Key", "one"));
        Assert.Equal((first.Status, first.Body), (again.Status, again.Body));
        Assert.Equal(1, passwords.Hashes);

        var race = await Whole.AtOnceAsync(4, () =>
            anyone.PostAsync("/user/", Account("beto", "beto@example.org"))
        );
        Assert.Single(race, x => x.Status == HttpStatusCode.Created);
    }

    private static object Account(string username, string email) =>
        new
        {
            username,
            email,
            password = "a password for tests",
        };

    private sealed class CountedPasswords(PasswordHashing hashing) : IPasswords
    {
        private int hashes;

        public int Hashes => Volatile.Read(ref hashes);

        public string? FormOf(string password) => PasswordForm.Of(password);

        public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
            HashForRegistrationAsync(password, cancellationToken);

        public Task<string> HashForRegistrationAsync(string password, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref hashes);
            return hashing.HashForRegistrationAsync(password, cancellationToken);
        }

        public bool IsHashOfElsewhere(string hash) => BcryptHash.Is(hash);

        public async Task<bool> IsRightAsync(
            string hash,
            string password,
            CancellationToken cancellationToken
        ) => await hashing.CheckAsync(hash, password, cancellationToken) != PasswordCheck.Wrong;
    }
}
