using System.Net.Http.Headers;
using System.Text;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>What a request's body may be, on every route that takes one.</summary>
public sealed class BodyTests
{
    private static readonly (HttpMethod Method, string Path)[] Routes =
    [
        (HttpMethod.Post, "/user/"),
        (HttpMethod.Patch, "/user/me/"),
        (HttpMethod.Post, "/user/me/password/"),
        (HttpMethod.Patch, "/user/nobody_here/"),
        (HttpMethod.Post, "/post/"),
        (HttpMethod.Put, "/post/1/"),
        (HttpMethod.Patch, "/post/1/"),
    ];

    [Theory, OnEachDatabase]
    public async Task What_is_not_a_JSON_object_is_refused(Database database)
    {
        using var superuser = await (await PampsServer.ShareAsync(database)).RegisterSuperuserAsync();
        string[] wrong =
        [
            "",
            " ",
            "{",
            "}",
            "{\"x\": }",
            "{'x': 1}",
            "{\"x\": 1,}",
            "{\"x\": 1} {}",
            "// comment\n{}",
            "null",
            "[]",
            "[{}]",
            "5",
            "\"text\"",
            "true",
            "<xml/>",
            "{\"\\ud800 bad\": tru}",
            string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000),
            new string('[', 10_000),
        ];
        foreach (var (method, path) in Routes)
        {
            foreach (var body in wrong)
            {
                (await superuser.SendAsync(method, path, Client.Raw(body))).Blames("body");
            }
        }
    }

    [Fact]
    public async Task A_body_that_is_compressed_is_refused_whatever_it_holds()
    {
        using var user = await (await PampsServer.ShareAsync(Database.Sqlite)).RegisterAsync();
        foreach (var (method, path) in Routes.Append((HttpMethod.Post, "/token")))
        {
            foreach (var coding in new[] { "gzip", "br", "gzip, identity", "nonsense" })
            {
                var refused = await user.SendAsync(method, path, Encoded(coding));
                refused.Refused(UnsupportedMediaType);
                Assert.Equal("content_coding", (string)refused["code"]!);
                Assert.Equal("identity", refused.Header("Accept-Encoding"));
            }
        }
        var plain = await user.SendAsync(HttpMethod.Patch, "/user/me/", Encoded("Identity"));
        Assert.Equal(OK, plain.Status);
        Assert.Equal(OK, (await user.GetAsync("/user/me/", ("Content-Encoding", "gzip"))).Status);

        static StringContent Encoded(string coding)
        {
            var body = Client.Raw("{}");
            body.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            return body;
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_string_that_is_not_Unicode_is_refused(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        byte[][] wrong =
        [
            Encoding.ASCII.GetBytes("""{"bio": "\ud800"}"""),
            Encoding.ASCII.GetBytes("""{"\ud800": 1}"""),
            Encoding.ASCII.GetBytes("""{"bio": "\udc00\ud800"}"""),
            Encoding.ASCII.GetBytes("""{"avatar": "https://h.example/\ud83d"}"""),
            [.. "{\"bio\": \""u8, 0xFF, .. "\"}"u8],
            [.. "{\"bio\": \""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        ];
        foreach (var bytes in wrong)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var answer = await user.SendAsync(HttpMethod.Patch, "/user/me/", content);
            Assert.NotEmpty(answer.Refused(UnprocessableEntity));
        }
        var pair = await user.SendAsync(
            HttpMethod.Patch,
            "/user/me/",
            Client.Raw("""{"bio": "\ud83d\ude00"}""")
        );
        Assert.Equal("😀", (string)pair["bio"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_byte_order_mark_unknown_fields_and_repeated_fields_do_no_harm(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        string[] bodies =
        [
            "\uFEFF{\"bio\": \"right\"}",
            "{\"bio\": \"right\", \"nonsense\": {\"deep\": [1, null, {}]}, \"\": 1}",
            "{\"bio\": \"wrong\", \"bio\": \"right\"}",
            "\n\t {\"bio\"\n:\"right\"}\r\n",
        ];
        foreach (var body in bodies)
        {
            await user.PatchAsync("/user/me/", new { bio = "before" });
            var answer = await user.SendAsync(HttpMethod.Patch, "/user/me/", Client.Raw(body));
            Assert.Equal(OK, answer.Status);
            Assert.Equal("right", (string)answer["bio"]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_body_of_another_media_type_is_refused(Database database)
    {
        using var superuser = await (await PampsServer.ShareAsync(database)).RegisterSuperuserAsync();
        foreach (var (method, path) in Routes)
        {
            foreach (
                var type in new[] { "text/plain", "application/xml", "application/x-www-form-urlencoded" }
            )
            {
                (await superuser.SendAsync(method, path, Client.Raw("{}", type))).Refused(
                    UnsupportedMediaType
                );
            }
            (await superuser.SendAsync(method, path, new ByteArrayContent("{}"u8.ToArray()))).Refused(
                UnsupportedMediaType
            );
            (await superuser.SendAsync(method, path, null)).Refused(UnsupportedMediaType);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_body_over_the_limit_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        var limit = pamps.Options.Http.MaxBodyBytes;
        foreach (var (method, path) in Routes)
        {
            (await superuser.SendAsync(method, path, Client.Raw(Json(limit + 1)))).Refused(
                RequestEntityTooLarge
            );
            var atLimit = await superuser.SendAsync(method, path, Client.Raw(Json(limit)));
            Assert.NotEqual(RequestEntityTooLarge, atLimit.Status);
        }
        foreach (var path in new[] { "/refresh_token", "/logout" })
        {
            (await superuser.PostAsync(path, Client.Raw(Json(limit + 1)))).Refused(RequestEntityTooLarge);
        }
        (await superuser.TrySignInAsync("x", new string('x', limit))).Refused(RequestEntityTooLarge);
        var stream = new StreamContent(new Unmeasured(Encoding.ASCII.GetBytes(Json(limit + 1))));
        stream.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await superuser.SendAsync(HttpMethod.Post, "/post/", stream)).Refused(RequestEntityTooLarge);

        static string Json(int length) => $$"""{"x":"{{new string('x', length - 8)}}"}""";
    }

    [Theory, OnEachDatabase]
    public async Task A_form_with_far_too_many_fields_is_refused(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var fields = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1"));

        var answer = await anyone.PostAsync(
            "/token",
            Client.Raw(fields, "application/x-www-form-urlencoded")
        );

        answer.Blames("body");
    }

    /// <summary>A stream that does not tell its length, so that it is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
