using System.Net;
using System.Text.Json.Nodes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

/// <summary><c>pamps invitations</c>, beside a server that runs.</summary>
public sealed class InvitationCommandTests
{
    private const string Key = "a key that the server and the command line share";

    [Theory, OnEachDatabase]
    public async Task An_operator_prints_a_link_sees_who_used_it_and_ends_it(Database database)
    {
        var workplace = (await Workplace.OnAsync(database))
            .With("PAMPS_SECURITY__SECRET_KEY", Key)
            .With("PAMPS_SITE__ADDRESS", "https://pamps.example.org");
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Db.Uri = workplace.Uri;
            x.Security.SecretKey = Key;
            x.Site.Registration = "invited";
        });
        using var anyone = pamps.Anonymous();
        Assert.Equal(
            "There are no invitations.\n",
            (await workplace.RunAsync("invitations", "list")).Succeeded()
        );
        (await workplace.RunAsync("invitations", "create", "--uses", "0")).Refused();
        (await workplace.RunAsync("invitations", "end", "1")).Refused();

        var printed = (await workplace.RunAsync("invitations", "create", "--uses", "2")).Succeeded();
        Assert.Matches(@"^https://pamps\.example\.org/sign-up#[\w-]{32}\n$", printed);
        var code = printed.Trim()[^32..];
        Assert.Null((await anyone.GetAsync($"/invitation/{code}/"))["by"]);
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync()).Status);

        var listed = JsonNode.Parse((await workplace.RunAsync("invitations", "list", "--json")).Succeeded())!;
        Assert.Equal((2, 1), ((int)listed[0]!["uses"]!, (int)listed[0]!["used"]!));
        Assert.Equal(printed.Trim(), (string)listed[0]!["link"]!);
        Assert.Contains(
            "1 of 2",
            (await workplace.RunAsync("invitations", "list")).Succeeded(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("invitations", "end", $"{listed[0]!["id"]}")).Succeeded();
        (await RegisterAsync()).Blames("invitation");

        Task<Answer> RegisterAsync()
        {
            var body = Together.Registration(Together.NewName());
            body["invitation"] = code;
            return anyone.PostAsync("/user/", body);
        }
    }
}
