using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>The facts that people show of themselves.</summary>
public sealed class ProfileFieldsTests
{
    [Theory, OnEachDatabase]
    public async Task Everybody_reads_them_in_their_order(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        Assert.Equal("[]", (await ana.GetAsync("/user/me/"))["fields"]!.ToJsonString());

        var changed = await SetAsync(
            ana,
            """[{"name": " Where\nabouts ", "value": "<b>京都</b>\u200B\u202E"}, {"name": "Site", "value": "https://example.org/"}]"""
        );

        const string kept =
            """[{"name":"Where abouts","value":"<b>京都</b>"},{"name":"Site","value":"https://example.org/"}]""";
        Assert.Equal(kept, Text(changed));
        Assert.Equal(kept, Text(await anyone.GetAsync($"/user/{ana.Username}/")));
        // What is absent stays.
        Assert.Equal(kept, Text(await ana.PatchAsync("/user/me/", new { bio = "changed" })));
        foreach (var none in new[] { "[]", "null" })
        {
            await SetAsync(ana, """[{"name": "a", "value": "b"}]""");
            Assert.Equal("[]", Text(await SetAsync(ana, none)));
            Assert.Equal("[]", Text(await anyone.GetAsync($"/user/{ana.Username}/")));
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_breaks_a_rule_is_told_of_its_place_and_changes_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        const string kept = """[{"name":"Where","value":"here"}]""";
        await SetAsync(ana, kept);
        var (name, value) = (new string('n', 31), new string('v', 201));
        (string Fields, string[] Blamed)[] wrong =
        [
            (
                $$"""[{"name": "{{name}}", "value": "v"}, {"name": "n", "value": "{{value}}"}]""",
                ["fields[0].name", "fields[1].value"]
            ),
            ("""[{"name": "", "value": " "}]""", ["fields[0].name", "fields[0].value"]),
            ("""[{"name": "\u200B"}]""", ["fields[0].name", "fields[0].value"]),
            ("[null]", ["fields[0].name", "fields[0].value"]),
            ("""[{"name": "a\u0330\u0331\u0332\u0330\u0331", "value": "v"}]""", ["fields[0].name"]),
            ("""[{"name": 5, "value": "v"}]""", ["fields[0].name"]),
            ("[1]", ["fields[0]"]),
            ("\"here\"", ["fields"]),
            ($"[{string.Join(',', Enumerable.Repeat("""{"name": "n", "value": "v"}""", 5))}]", ["fields"]),
        ];
        foreach (var (fields, blamed) in wrong)
        {
            var refused = await ana.SendAsync(
                HttpMethod.Patch,
                "/user/me/",
                Client.Raw($$"""{"bio": "lost", "fields": {{fields}}}""")
            );
            refused.Blames(blamed);
        }
        var me = await ana.GetAsync("/user/me/");
        Assert.Equal(kept, Text(me));
        Assert.Null(me["bio"]);
        (await anyone.PatchAsync("/user/me/", new { fields = Array.Empty<object>() })).Refused(
            HttpStatusCode.Unauthorized
        );
        var most = string.Join(
            ',',
            Enumerable.Repeat($$"""{"name":"{{name[1..]}}","value":"{{value[1..]}}"}""", 4)
        );
        Assert.Equal($"[{most}]", Text(await SetAsync(ana, $"[{most}]")));
    }

    [Theory, OnEachDatabase]
    public async Task Of_several_changes_at_once_one_stays_whole(Database database)
    {
        using var ana = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        await Together.AtOnceAsync(i =>
            ana.PatchAsync(
                "/user/me/",
                new { bio = $"{i}", fields = new[] { new { name = "n", value = $"{i}" } } }
            )
        );

        var me = await ana.GetAsync("/user/me/");
        Assert.Equal((string)me["bio"]!, (string)me["fields"]![0]!["value"]!);
    }

    private static async Task<Answer> SetAsync(Client client, string fields)
    {
        var changed = await client.SendAsync(
            HttpMethod.Patch,
            "/user/me/",
            Client.Raw($$"""{"fields": {{fields}}}""")
        );
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Body);
        return changed;
    }

    private static string Text(Answer profile) =>
        profile["fields"]!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
