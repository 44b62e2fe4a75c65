using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Core.Media;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Media;

/// <summary>POST /media/ with video and audio. It needs ffmpeg on the machine.</summary>
public sealed class RecordingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_video_is_encoded_anew_and_shown_by_its_owners_post_alone(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var file = await Recordings.OfAsync("phone.mov");
        Assert.Contains("SecretCamera", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        Assert.Contains("+48.8584", Encoding.Latin1.GetString(file), StringComparison.Ordinal);

        // What it is called, and is said to be, counts for nothing.
        var video = await ana.UploadAsync(file, "gull.jpg", "image/jpeg", description: "A gull flies");

        Assert.True(video.Status == HttpStatusCode.Created, video.Body);
        Assert.Equal("video", (string)video["kind"]!);
        Assert.InRange((decimal)video["duration"]!, 0.9m, 1.1m);
        Assert.Equal((64, 48), ((int)video["width"]!, (int)video["height"]!));
        Assert.Matches("^/media/files/[0-9a-f]{64}\\.mp4$", (string)video["url"]!);
        Assert.Matches("^/media/files/[0-9a-f]{64}\\.webp$", (string)video["preview_url"]!);
        Assert.NotEmpty((string)video["blurhash"]!);
        var served = await pamps.FileAsync((string)video["url"]!);
        var letters = Encoding.Latin1.GetString(served);
        Assert.DoesNotContain("Secret", letters, StringComparison.Ordinal);
        Assert.DoesNotContain("48.85", letters, StringComparison.Ordinal);
        Assert.True(
            letters.IndexOf("moov", StringComparison.Ordinal)
                < letters.IndexOf("mdat", StringComparison.Ordinal)
        );
        var probed = await Recordings.ProbeAsync(served);
        Assert.Contains("codec_name=\"h264\"", probed, StringComparison.Ordinal);
        Assert.Contains("codec_name=\"aac\"", probed, StringComparison.Ordinal);
        Assert.Contains("pix_fmt=\"yuv420p\"", probed, StringComparison.Ordinal);
        // A version that does not know video takes it for what moves.
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT CAST(kind AS bigint) FROM media"));

        var id = (long)video["id"]!;
        (await beto.GetAsync($"/media/{id}/")).Refused(HttpStatusCode.NotFound);
        (await beto.DeleteAsync($"/media/{id}/")).Refused(HttpStatusCode.NotFound);
        (await beto.PostAsync("/post/", new { text = "mine", media_ids = new[] { id } })).Blames("media_ids");
        (await ana.PatchAsync("/user/me/", new { avatar_media_id = id })).Blames("avatar_media_id");
        var same = await beto.UploadAsync(file, "other.mp4", "video/mp4");
        Assert.Equal((string)video["url"]!, (string)same["url"]!);
        await beto.DeleteAsync($"/media/{same["id"]}/");

        var post = await ana.PostAsync("/post/", new { text = "", media_ids = new[] { id } });
        Assert.True(post.Status == HttpStatusCode.Created, post.Body);
        using var anyone = pamps.Anonymous();
        var shown = (await anyone.GetAsync($"/post/{post["id"]}/"))["media"]![0]!;
        Assert.Equal("video", (string)shown["kind"]!);
        Assert.Equal((decimal)video["duration"]!, (decimal)shown["duration"]!);
        Assert.Equal("A gull flies", (string)shown["description"]!);
        var account = await ana.GetAsync("/user/me/");
        Assert.True((long)account["media_bytes"]! >= served.Length);

        await ana.DeleteAsync($"/post/{post["id"]}/");
        await pamps.GoneAsync(video);
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        await pamps.CountsAsync();
        NothingIsLeft(pamps);
    }

    [Fact]
    public async Task A_video_is_read_in_ranges_and_can_run_nothing()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var video = await ana.UploadAsync(await Recordings.OfAsync("phone.mov"));
        var url = (string)video["url"]!;
        var whole = await pamps.FileAsync(url);
        using var anyone = pamps.Anonymous();

        var answer = await anyone.GetAsync(url, ("Range", "bytes=100-199"));

        Assert.Equal(HttpStatusCode.PartialContent, answer.Status);
        Assert.Equal($"bytes 100-199/{whole.Length}", answer.Header("Content-Range"));
        Assert.Equal("video/mp4", answer.MediaType);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
            answer.Header("Content-Security-Policy")
        );
        var beyond = await anyone.GetAsync(url, ("Range", $"bytes={whole.Length}-"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.Status);
    }

    [Fact]
    public async Task Video_and_audio_of_each_kind_are_taken()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync();
        var config = (await ana.GetAsync("/config/"))["media"]!;
        Assert.Equal(120, (int)config["video"]!["max_seconds"]!);
        Assert.Equal(600, (int)config["audio"]!["max_seconds"]!);
        Assert.Equal(104_857_600, (int)config["video"]!["max_bytes"]!);
        Assert.Contains("audio/ogg", config["audio"]!["types"]!.AsArray().Select(x => (string)x!));

        foreach (
            var name in new[]
            {
                "vp9.webm",
                "live.webm",
                "song.mp3",
                "song.m4a",
                "song.aac",
                "song.ogg",
                "song.flac",
                "song.wav",
            }
        )
        {
            var made = await ana.UploadAsync(await Recordings.OfAsync(name, seconds: 0.5));

            Assert.True(made.Status == HttpStatusCode.Created, $"{name}: {made.Body}");
            var isAudio = name.StartsWith("song", StringComparison.Ordinal);
            Assert.Equal(isAudio ? "audio" : "video", (string)made["kind"]!);
            Assert.InRange((decimal)made["duration"]!, 0.4m, 0.8m);
            var url = (string)made["url"]!;
            Assert.EndsWith(isAudio ? ".mp3" : ".mp4", url, StringComparison.Ordinal);
            var letters = Encoding.Latin1.GetString(await pamps.FileAsync(url));
            Assert.DoesNotContain("Secret", letters, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)made["preview_url"]!));
        }
    }

    [Fact]
    public async Task What_cannot_be_played_or_for_too_long_is_refused_and_leaves_nothing()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x =>
        {
            (x.Media.VideoSeconds, x.Media.AudioSeconds, x.Media.MaxRecordingBytes) = (1, 1, 262_144);
            x.Media.MaxBytes = 65_536;
        });
        using var ana = await pamps.RegisterAsync();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var elsewhere = $"http://{listener.LocalEndpoint}/x.mp4";
        // Lists of other files, whatever they are called.
        await RefusedAsync(Text($"#EXTM3U\n#EXTINF:1,\n{elsewhere}\n"), "media_type_not_taken");
        await RefusedAsync(Text("ffconcat version 1.0\nfile /etc/passwd\n"), "media_type_not_taken");
        await RefusedAsync(
            Text($"<?xml version=\"1.0\"?><MPD><BaseURL>{elsewhere}</BaseURL></MPD>"),
            "media_type_not_taken"
        );
        await RefusedAsync(Text($"\0\0\0\u0018ftypisom\0\0\0\0#EXTM3U\n{elsewhere}\n"), "recording_broken");
        Assert.False(listener.Pending());

        var video = await Recordings.OfAsync("phone.mov");
        var webm = await Recordings.OfAsync("vp9.webm");
        await RefusedAsync(video[..(video.Length / 2)], "recording_broken");
        await RefusedAsync(webm[..(webm.Length / 4)], "recording_broken");
        await RefusedAsync(await Recordings.OfAsync("old.mp4"), "recording_type_not_taken");
        await RefusedAsync(await Recordings.OfAsync("large.mp4"), "too_many_pixels");
        await RefusedAsync(await Recordings.OfAsync("vp9.webm", seconds: 2), "recording_too_long");
        await RefusedAsync(await Recordings.OfAsync("live.webm", seconds: 2), "recording_too_long");
        await RefusedAsync(await Recordings.OfAsync("song.mp3", seconds: 2), "recording_too_long");
        await RefusedAsync([.. webm, .. new byte[300_000]], "file_too_large");
        // A picture may have fewer bytes than a video.
        await RefusedAsync([.. Pictures.Of("png"), .. new byte[70_000]], "file_too_large");

        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM media_file"));
        NothingIsLeft(pamps);

        static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

        async Task RefusedAsync(byte[] file, string code)
        {
            var refused = await ana.UploadAsync(file, "holiday.mp4", "video/mp4");
            Assert.True(refused.Status >= HttpStatusCode.BadRequest, $"{code}: {refused.Body}");
            Assert.Contains($"\"{code}\"", refused.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_ffmpeg_none_is_taken_and_the_server_says_so()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x => x.Media.Ffmpeg = "off");
        using var ana = await pamps.RegisterAsync();
        var config = (await ana.GetAsync("/config/"))["media"]!;
        Assert.Null(config["video"]);
        Assert.Null(config["audio"]);
        Assert.NotEmpty(config["types"]!.AsArray());

        var refused = await ana.UploadAsync(await Recordings.OfAsync("phone.mov"));

        refused.Refused(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("no_recordings_taken", (string)refused["code"]!);
        Assert.Contains("takes no video and no audio", refused.Body, StringComparison.Ordinal);
        await ana.PictureAsync();
    }

    [Fact]
    public async Task Who_gives_up_ends_the_programs_which_know_nothing_of_the_server()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var folder = Directory.CreateTempSubdirectory("pamps-ffmpeg-").FullName;
        try
        {
            await ScriptAsync(
                "ffmpeg",
                "echo ' V libx264'; echo ' A aac'; echo ' A libmp3lame'; echo ' V png'"
            );
            await ScriptAsync(
                "ffprobe",
                $"env > {folder}/env; ulimit -v > {folder}/memory; pwd > {folder}/place; sleep 600 & echo $! > {folder}/child; wait"
            );
            await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x =>
                (x.Media.Ffmpeg, x.Limits.Enabled) = (Path.Combine(folder, "ffmpeg"), true)
            );
            using var ana = await pamps.RegisterAsync();
            using var http = new HttpClient { BaseAddress = pamps.Address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", ana.AccessToken);
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(await Recordings.OfAsync("phone.mov")), "file", "x" },
            };
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var upload = http.PostAsync("/media/", form, end.Token);
            await TestJobs.UntilAsync(() => Task.FromResult(File.Exists($"{folder}/child")));

            // Meanwhile they have no second one encoded; the first is counted, whatever will come of it.
            var second = await ana.UploadAsync(await Recordings.OfAsync("phone.mov"));
            second.Refused(HttpStatusCode.TooManyRequests);
            Assert.Equal("too_many_uploads_at_once", (string)second["code"]!);
            Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM allowance WHERE deed = 9"));

            await end.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
            var child = (await File.ReadAllTextAsync($"{folder}/child", Ct)).Trim();
            await TestJobs.UntilAsync(() => Task.FromResult(!IsRunning(child)));
            await TestJobs.UntilAsync(() => Task.FromResult(!Unfinished(pamps).Any()));
            var names = (await File.ReadAllLinesAsync($"{folder}/env", Ct)).Select(x => x.Split('=')[0]);
            Assert.Empty(names.Except(["LANG", "HOME", "TMPDIR", "PWD", "SHLVL", "_", "OLDPWD"]));
            Assert.EndsWith(
                ".work\n",
                await File.ReadAllTextAsync($"{folder}/place", Ct),
                StringComparison.Ordinal
            );
            if (OperatingSystem.IsLinux())
            {
                Assert.Equal("1048576\n", await File.ReadAllTextAsync($"{folder}/memory", Ct));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task ScriptAsync(string name, string commands)
        {
            var path = Path.Combine(folder, name);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\nsleep 0.1\n{commands}\n", Ct);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // One that has ended and that nobody has asked for is none.
        static bool IsRunning(string id) =>
            File.Exists($"/proc/{id}/stat")
            && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
    }

    [Fact, Trait("Needs", "own process"), UnsupportedOSPlatform("windows")]
    public async Task Ffmpeg_says_what_it_can_while_all_who_are_there_wait_for_that()
    {
        var folder = TestDatabase.NewFolder();
        foreach (var name in new[] { "ffmpeg", "ffprobe" })
        {
            var path = Path.Combine(folder, name);
            // Each line is another read.
            const string script =
                "#!/bin/sh\nfor x in libx264 aac libmp3lame png; do sleep 0.2; echo \" V $x\"; done\n";
            await File.WriteAllTextAsync(path, script, Ct);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        // One whose threads are its own: those of the tests' process are many.
        await using var pamps = await Workplace
            .Bare()
            .With("PAMPS_MEDIA__FFMPEG", Path.Combine(folder, "ffmpeg"))
            .StartAsync("--port", "0");
        using var http = new HttpClient { BaseAddress = await pamps.ListensAsync() };
        // Connections that are there already, so that all ask before the first has an answer.
        await AskAsync("/post/");

        var answers = await AskAsync("/config/");

        // Who looks for too long takes none for a minute.
        Assert.All(answers, x => Assert.NotEmpty(JsonNode.Parse(x)!["media"]!["audio"]!["types"]!.AsArray()));

        Task<string[]> AskAsync(string path) =>
            Task.WhenAll(Enumerable.Range(0, 100).Select(_ => http.GetStringAsync(path, Ct)));
    }

    private static IEnumerable<string> Unfinished(PampsServer pamps) =>
        Directory.EnumerateFileSystemEntries(Path.Combine(pamps.Options.DataFolder, "media", "unfinished"));

    private static void NothingIsLeft(PampsServer pamps) => Assert.Empty(Unfinished(pamps));
}
