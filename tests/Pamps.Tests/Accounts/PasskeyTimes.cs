using System.Diagnostics;
using Pamps.Auth;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>
/// What a sign-in with a passkey takes beside one with a password of the real cost, for docs/passkeys.md:
/// <c>-explicit only -class "*PasskeyTimes" -showliveoutput</c>.
/// </summary>
public sealed class PasskeyTimes
{
    private const int Times = 30;

    [Theory(Explicit = true), OnEachDatabase]
    public async Task Are_measured(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Site.Address = PasskeyDevice.Site;
            x.Security.PasswordIterations = new PampsAuthOptions().PasswordIterations;
        });
        using var user = await pamps.RegisterAsync();
        using var device = await PasskeyDevice.OfAsync(user);
        using var browser = new Browser(pamps);
        var body = new { username = user.Username, password = Client.DefaultPassword };

        var password = await TimeAsync(() => browser.SendAsync(HttpMethod.Post, "/session/", body));
        var passkey = await TimeAsync(() => device.SignInAsync(browser));

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{database}: password {password:0.0} ms, passkey with its challenge {passkey:0.0} ms, {passkey / password:0.000} of it"
        );
    }

    /// <summary>The median, in milliseconds.</summary>
    private static async Task<double> TimeAsync(Func<Task<Answer>> signIn)
    {
        var times = new List<double>();
        for (var i = 0; i < Times + 5; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            Assert.Equal(OK, (await signIn()).Status);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        return times.Skip(5).Order().ElementAt(Times / 2);
    }
}
