using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Pamps.Core.Archives;
using Pamps.Core.Jobs;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Mail;
using Pamps.Tests.Media;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>The archive of one's own account, asked for and downloaded.</summary>
public sealed class OwnArchiveTests
{
    private const string Address = "/user/me/archive/";
    private const string File = "/user/me/archive/file/";

    private readonly FakeTime time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Who_asks_for_their_archive_is_told_and_downloads_it_and_nobody_else_does(
        Database database
    )
    {
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(
            database,
            mail.Use,
            services: time.Use + TestJobs.Doing()
        );
        await pamps.PostponeSweepsAsync();
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var boss = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        await ana.PostAsync(
            "/post/",
            new { text = "mine", media_ids = new[] { await ana.PictureAsync(Stored.Unlike()) } }
        );
        await beto.WriteAsync("his");
        Assert.Equal("none", (string)(await ana.GetAsync(Address))["state"]!);

        var asked = await Together.AtOnceAsync(() => ana.PostAsync(Address));

        Assert.Single(asked, x => x.Status == Created);
        Assert.All(asked.Where(x => x.Status != Created), x =>
            Assert.Contains(x.Status, new[] { Conflict, TooManyRequests })
        );
        var ready = await ReadyAsync(ana);
        await TestJobs.UntilAsync(() => Task.FromResult(mail.Taken.Count == 1));
        Assert.Equal(ana.Email, ((MailboxAddress)mail.Taken[0].To.Single()).Address);
        Assert.Equal("Your data at Pamps can be downloaded", mail.Taken[0].Subject);
        Assert.Contains(
            "https://pamps.example.org/settings",
            mail.Taken[0].TextBody,
            StringComparison.Ordinal
        );

        // Its owner, with the password, and nobody else.
        var (headers, bytes) = await DownloadAsync(ana);
        Assert.Equal((long)ready["bytes"]!, bytes.Length);
        Assert.True(headers.CacheControl?.NoStore);
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
        {
            Assert.Contains(zip.Entries, x =>
                x.FullName.StartsWith("media/files/", StringComparison.Ordinal)
            );
            using var outbox = new StreamReader(zip.GetEntry("outbox.json")!.Open());
            var text = await outbox.ReadToEndAsync(Ct);
            Assert.Contains("mine", text, StringComparison.Ordinal);
            Assert.DoesNotContain("his", text, StringComparison.Ordinal);
        }
        (await anyone.GetAsync(Address)).Refused(Unauthorized);
        (await anyone.PostAsync(Address)).Refused(Unauthorized);
        (await anyone.DeleteAsync(Address)).Refused(Unauthorized);
        (await anyone.GetAsync(File)).Refused(Unauthorized);
        (await beto.GetAsync(File)).Refused(NotFound);
        await boss.SignInAsync();
        (await boss.GetAsync(File)).Refused(NotFound);
        // No address leads to the file itself.
        var name = await pamps.ScalarAsync<string>("SELECT file FROM archive");
        Assert.Equal(NotFound, (await anyone.GetAsync($"/media/files/{name}")).Status);
        Assert.Equal(NotFound, (await anyone.GetAsync($"/media/files/private/{name}")).Status);
        ana.Use(await ana.PostAsync("/refresh_token", new { refresh_token = ana.RefreshToken }));
        (await ana.GetAsync(File)).Refused(Unauthorized);
        await ana.SignInAsync();

        // Once a day, and gone when it is deleted or has been kept long enough.
        var again = await ana.PostAsync(Address);
        again.Refused(TooManyRequests);
        Assert.InRange(int.Parse(again.Header("Retry-After")!, null), 86_000, 86_400);
        Assert.Equal(NoContent, (await ana.DeleteAsync(Address)).Status);
        await GoneAsync(pamps, name);
        (await ana.GetAsync(File)).Refused(NotFound);
        (await ana.PostAsync(Address)).Refused(TooManyRequests);
        time.Advance(TimeSpan.FromDays(1));
        await ana.SignInAsync();
        Assert.Equal(Created, (await ana.PostAsync(Address)).Status);
        await ReadyAsync(ana);
        name = await pamps.ScalarAsync<string>("SELECT file FROM archive");
        time.Advance(TimeSpan.FromDays(8));
        await ana.SignInAsync();
        Assert.Equal("none", (string)(await ana.GetAsync(Address))["state"]!);
        (await ana.GetAsync(File)).Refused(NotFound);
        await pamps.Get<SweepArchives>().RunAsync(new JobRun(1, "", "", null, 1), Ct);
        await GoneAsync(pamps, name);

        // And with the account.
        Assert.Equal(Created, (await ana.PostAsync(Address)).Status);
        await ReadyAsync(ana);
        name = await pamps.ScalarAsync<string>("SELECT file FROM archive");
        Assert.Equal(NoContent, (await ana.DeleteAsync("/user/me/")).Status);
        await GoneAsync(pamps, name);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM archive"));
    }

    [Theory, OnEachDatabase]
    public async Task One_that_cannot_be_made_says_so_and_may_be_asked_for_again(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Archives.SiteMegabytes = 1,
            services: time.Use + TestJobs.Doing()
        );
        await pamps.PostponeSweepsAsync();
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        // As after a server that ended three times while it made it.
        await pamps.ExecuteAsync(
            $"INSERT INTO archive (user_id, asked_at, attempts, bytes) VALUES ({ana.Id}, '2030-01-01 00:00:00', 3, 0)"
        );
        Assert.Equal(Created, (await beto.PostAsync(Address)).Status);
        await ReadyAsync(beto);
        Assert.Equal("failed", (string)(await ana.GetAsync(Address))["state"]!);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Created, (await ana.PostAsync(Address)).Status);
        await ReadyAsync(ana);

        // A part of it, as a download that broke off asks for.
        var whole = await DownloadAsync(ana);
        var part = await DownloadAsync(ana, new RangeHeaderValue(10, 19));
        Assert.Equal(whole.Bytes[10..20], part.Bytes);

        // Nobody's archives take more than all may.
        await pamps.ExecuteAsync($"UPDATE archive SET bytes = 1048576 WHERE user_id = {beto.Id}");
        time.Advance(TimeSpan.FromDays(2));
        await ana.SignInAsync();
        (await ana.PostAsync(Address)).Refused(ServiceUnavailable);
        await pamps.ExecuteAsync(
            $"UPDATE archive SET bytes = CASE WHEN user_id = {beto.Id} THEN 1048575 ELSE 0 END"
        );
        Assert.Equal(Created, (await ana.PostAsync(Address)).Status);
        await TestJobs.UntilAsync(async () => (string)(await ana.GetAsync(Address))["state"]! == "failed");
        Assert.Equal(
            "no_room",
            await pamps.ScalarAsync<string>($"SELECT error FROM archive WHERE user_id = {ana.Id}")
        );
        // What was written of it is not there any more: the one that is left is Beto's.
        await TestJobs.UntilAsync(async () => await pamps.JobsAsync("kind = 'drop-private-file'") == 0);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(pamps.Options.DataFolder, "media", "private")));
    }

    [Fact]
    public async Task One_in_a_bucket_is_sent_through_the_server()
    {
        var uri = await S3Server.NewUriAsync();
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x => x.UseBucket(uri),
            services: TestJobs.Doing()
        );
        using var ana = await pamps.RegisterAsync();
        await ana.WriteAsync("mine");
        Assert.Equal(Created, (await ana.PostAsync(Address)).Status);
        var ready = await ReadyAsync(ana);
        var whole = await DownloadAsync(ana);
        Assert.Equal((long)ready["bytes"]!, whole.Bytes.Length);
        using (new ZipArchive(new MemoryStream(whole.Bytes))) { }
        var part = await DownloadAsync(ana, new RangeHeaderValue(10, 19));
        Assert.Equal(whole.Bytes[10..20], part.Bytes);
        var name = await pamps.ScalarAsync<string>("SELECT file FROM archive");
        Assert.Equal(NoContent, (await ana.DeleteAsync(Address)).Status);
        await GoneAsync(pamps, name);
    }

    private static async Task<Answer> ReadyAsync(Client user)
    {
        Answer? answer = null;
        await TestJobs.UntilAsync(async () =>
        {
            answer = await user.GetAsync(Address);
            Assert.NotEqual("failed", (string)answer["state"]!);
            return (string)answer["state"]! == "ready";
        });
        return answer!;
    }

    private static Task GoneAsync(PampsServer pamps, string name) =>
        TestJobs.UntilAsync(async () =>
            await pamps.Get<Core.Media.IPrivateFiles>().OpenPrivateAsync(name, Ct) is not { } file
            || await CloseAsync(file)
        );

    private static async Task<bool> CloseAsync(Stream file)
    {
        await file.DisposeAsync();
        return false;
    }

    private static async Task<(HttpResponseHeaders Headers, byte[] Bytes)> DownloadAsync(
        Client user,
        RangeHeaderValue? range = null
    )
    {
        using var http = new HttpClient { BaseAddress = user.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, File);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        request.Headers.Range = range;
        using var answer = await http.SendAsync(request, Ct);
        Assert.Equal(range is null ? OK : PartialContent, answer.StatusCode);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        return (answer.Headers, await answer.Content.ReadAsByteArrayAsync(Ct));
    }
}
