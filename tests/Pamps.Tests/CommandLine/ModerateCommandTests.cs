using System.Text.Json.Nodes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Moderation;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.CommandLine;

/// <summary><c>pamps moderate</c> and <c>pamps set-role</c>, beside a server that runs.</summary>
public sealed class ModerateCommandTests
{
    [Theory, OnEachDatabase]
    public async Task An_operator_reads_a_report_suspends_and_restores_and_gives_roles(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await PampsServer.StartAsync(database, x => x.Db.Uri = workplace.Uri);
        using var ana = await pamps.RegisterNamedAsync("ana");
        using var beto = await pamps.RegisterNamedAsync("beto");
        var post = await beto.WriteAsync("cheap gulls");
        Assert.Equal(
            "There are no such reports.\n",
            (await workplace.RunAsync("moderate", "reports")).Succeeded()
        );
        (await workplace.RunAsync("moderate", "suspend", "nobody_here")).Refused();
        (await workplace.RunAsync("moderate", "dismiss", "1")).Refused();

        await ana.PostAsync("/report/", new { username = "beto", posts = new[] { post } });
        var listed = JsonNode.Parse((await workplace.RunAsync("moderate", "reports", "--json")).Succeeded())!;
        var id = $"{listed[0]!["id"]}";
        Assert.Contains(
            "cheap gulls",
            (await workplace.RunAsync("moderate", "show", id)).Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "beto is suspended\n",
            (
                await workplace.RunAsync("moderate", "suspend", "beto", "--report", id, "--message", "no")
            ).Succeeded()
        );
        await TestJobs.UntilAsync(async () => (await beto.GetAsync("/user/me/")).Status == Unauthorized);
        (await ana.GetAsync($"/post/{post}/")).Refused(NotFound);
        Assert.Equal(
            "beto is restored\n",
            (await workplace.RunAsync("moderate", "restore", "beto")).Succeeded()
        );
        Assert.Equal(OK, (await ana.GetAsync($"/post/{post}/")).Status);
        (await workplace.RunAsync("moderate", "mark-sensitive", "beto", $"{post}")).Succeeded();
        Assert.True((bool)(await ana.GetAsync($"/post/{post}/"))["sensitive"]!);
        (await workplace.RunAsync("moderate", "unmark-sensitive", "beto", $"{post}")).Succeeded();
        Assert.Contains(
            "ana, last on ",
            (await workplace.RunAsync("moderate", "accounts", "beto")).Succeeded(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("moderate", "delete-posts", "beto", $"{post}")).Succeeded();
        (await ana.GetAsync($"/post/{post}/")).Refused(NotFound);

        Assert.Equal(
            "rules is written in en\n",
            (await workplace.RunWithInputAsync("Be kind\nNo gulls\n", "site", "write", "rules")).Succeeded()
        );
        Assert.Contains(
            "No gulls",
            (await workplace.RunAsync("site", "show")).Succeeded(),
            StringComparison.Ordinal
        );
        await TestJobs.UntilAsync(async () => (await ana.GetAsync("/site/"))["rules"]!.AsArray().Count == 2);
        (await workplace.RunAsync("site", "remove", "rules", "--locale", "pt-BR")).Refused();
        Assert.Equal(
            "rules is gone in en\n",
            (await workplace.RunAsync("site", "remove", "rules")).Succeeded()
        );

        Assert.Equal("ana is an owner\n", (await workplace.RunAsync("set-role", "ana", "owner")).Succeeded());
        await TestJobs.UntilAsync(async () => (string)(await ana.GetAsync("/user/me/"))["role"]! == "owner");
    }

    [Theory, OnEachDatabase]
    public async Task An_operator_lets_in_and_refuses_who_has_registered(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await PampsServer.StartAsync(database, x =>
            (x.Db.Uri, x.Site.Registration) = (workplace.Uri, "approval")
        );
        using var anyone = pamps.Anonymous();
        foreach (var name in new[] { "caio", "davi" })
        {
            var body = Together.Registration(name);
            body["reason"] = "gulls";
            Assert.Equal(Accepted, (await anyone.PostAsync("/user/", body)).Status);
        }
        var waiting = JsonNode.Parse((await workplace.RunAsync("registrations", "--json")).Succeeded())!;
        Assert.Equal(["caio", "davi"], waiting.AsArray().Select(x => (string)x!["username"]!));
        Assert.Equal(
            "caio is let in\n",
            (await workplace.RunAsync("moderate", "approve", "caio")).Succeeded()
        );
        Assert.Equal(
            "davi is refused\n",
            (await workplace.RunAsync("moderate", "refuse", "davi")).Succeeded()
        );
        (await workplace.RunAsync("moderate", "refuse", "caio")).Refused();
        Assert.Equal("Nobody waits.\n", (await workplace.RunAsync("registrations")).Succeeded());
        Assert.Equal(OK, (await anyone.GetAsync("/user/caio/")).Status);
        (await anyone.GetAsync("/user/davi/")).Refused(NotFound);
    }
}
