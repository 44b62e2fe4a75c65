using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Moderation;

/// <summary>Somebody asks that what was done to them be looked at again.</summary>
public sealed class AppealTests
{
    [Theory, OnEachDatabase]
    public async Task Who_is_warned_silenced_or_suspended_appeals_once_and_is_right_or_not(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterNamedAsync("ana");
        using var other = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var post = await ana.WriteAsync("still here");

        // A warning, refused.
        var warning = (long)(await moderator.ActAsync(ana, "warn", "no"))["id"]!;
        (await anyone.PostAsync($"/user/me/notices/{warning}/appeal/", new { text = "why" })).Refused(
            Unauthorized
        );
        (await other.PostAsync($"/user/me/notices/{warning}/appeal/", new { text = "why" })).Refused(
            NotFound
        );
        (await ana.PostAsync($"/user/me/notices/{warning}/appeal/", new { text = " " })).Blames("text");
        var appealed = await Together.AtOnceAsync(() =>
            ana.PostAsync($"/user/me/notices/{warning}/appeal/", new { text = "I did not" })
        );
        appealed.Split(1, OK, others: Conflict);
        (await ana.GetAsync("/moderation/appeal/")).Refused(Forbidden);
        (await ana.PostAsync($"/moderation/appeal/{warning}/close/", new { outcome = "accepted" })).Refused(
            Forbidden
        );
        var open = Assert.Single((await moderator.GetAsync("/moderation/appeal/")).Items)!;
        Assert.Equal(
            ("ana", "I did not", "no"),
            (
                (string)open["user"]!["username"]!,
                (string)open["action"]!["appeal"]!,
                (string)open["action"]!["message"]!
            )
        );
        await ana.PostAsync("/user/me/notices/seen/", new { up_to = warning });
        (
            await moderator.PostAsync($"/moderation/appeal/{warning}/close/", new { outcome = "perhaps" })
        ).Blames("outcome");
        Assert.Equal(NoContent, (await CloseAsync(warning, "refused")).Status);
        (await CloseAsync(warning, "accepted")).Refused(NotFound);
        Assert.True((bool)(await ana.GetAsync("/user/me/"))["has_notices"]!);
        var notice = (await ana.GetAsync("/user/me/notices/")).Items[0]!;
        Assert.Equal("refused", (string)notice["appeal_outcome"]!);
        Assert.Null(notice["by"]);
        (await ana.PostAsync($"/user/me/notices/{warning}/appeal/", new { text = "again" })).Refused(
            Conflict
        );

        // A silence, accepted.
        var silence = (long)(await moderator.ActAsync(ana, "silence"))["id"]!;
        await ana.PostAsync($"/user/me/notices/{silence}/appeal/", new { text = "a mistake" });
        Assert.Equal(NoContent, (await CloseAsync(silence, "accepted")).Status);
        Assert.Null((await moderator.GetAsync("/moderation/user/ana/"))["silenced_at"]);
        // What ends something is nothing to appeal against.
        var ended = (long)(await ana.GetAsync("/user/me/notices/")).Items[0]!["id"]!;
        (await ana.PostAsync($"/user/me/notices/{ended}/appeal/", new { text = "x" })).Refused(NotFound);

        // Notes are for moderators alone.
        (await moderator.ActAsync(ana, "note")).Blames("message");
        var note = (long)(await moderator.ActAsync(ana, "note", "the same as elsewhere"))["id"]!;
        Assert.DoesNotContain(
            "elsewhere",
            (await ana.GetAsync("/user/me/notices/")).Body,
            StringComparison.Ordinal
        );
        (await ana.PostAsync($"/user/me/notices/{note}/appeal/", new { text = "x" })).Refused(NotFound);
        Assert.Equal(
            "the same as elsewhere",
            (string)(await moderator.GetAsync("/moderation/user/ana/action/")).Items[0]!["message"]!
        );
        Assert.Equal(OK, (await boss.ActAsync(moderator, "note", "too strict")).Status);
        Assert.DoesNotContain(
            "strict",
            (await moderator.GetAsync($"/moderation/user/{moderator.Username}/action/")).Body,
            StringComparison.Ordinal
        );

        // A suspension: who cannot sign in gives the password instead.
        var sign = new
        {
            username = "ana",
            password = Client.DefaultPassword,
            text = (string?)null,
        };
        (await anyone.PostAsync("/user/suspension/", sign)).Refused(Conflict);
        var suspension = (long)(await moderator.ActAsync(ana, "suspend", "enough"))["id"]!;
        (await anyone.PostAsync("/user/suspension/", sign with { password = "not it at all" })).Refused(
            Unauthorized
        );
        (await anyone.PostAsync("/user/suspension/", sign with { username = "nobody_here" })).Refused(
            Unauthorized
        );
        var read = await anyone.PostAsync("/user/suspension/", sign);
        Assert.Equal((suspension, "enough"), ((long)read["id"]!, (string)read["message"]!));
        Assert.Null(read["by"]);
        Assert.Equal(OK, (await anyone.PostAsync("/user/suspension/", sign with { text = "please" })).Status);
        (await anyone.PostAsync("/user/suspension/", sign with { text = "please" })).Refused(Conflict);
        var answers = await Together.AtOnceAsync(() => CloseAsync(suspension, "accepted"));
        answers.Split(1, NoContent, others: NotFound);
        Assert.Equal(OK, (await anyone.GetAsync($"/post/{post}/")).Status);
        await ana.SignInAsync();
        Assert.Empty((await moderator.GetAsync("/moderation/appeal/")).Items);

        // To be right about what is over undoes nothing that came since.
        var first = (long)(await moderator.ActAsync(ana, "silence"))["id"]!;
        await ana.PostAsync($"/user/me/notices/{first}/appeal/", new { text = "a mistake" });
        await moderator.ActAsync(ana, "unsilence");
        await moderator.ActAsync(ana, "silence", "for something else");
        Assert.Equal(NoContent, (await CloseAsync(first, "accepted")).Status);
        Assert.NotNull((await moderator.GetAsync("/moderation/user/ana/"))["silenced_at"]);
        var over = (long)(await moderator.ActAsync(ana, "suspend"))["id"]!;
        Assert.Equal(OK, (await anyone.PostAsync("/user/suspension/", sign with { text = "no" })).Status);
        foreach (var active in new[] { true, false })
        {
            Assert.Equal(OK, (await boss.PatchAsync("/user/ana/", new { active })).Status);
        }
        Assert.Equal(NoContent, (await CloseAsync(over, "accepted")).Status);
        Assert.NotEqual(OK, (await ana.TrySignInAsync("ana", Client.DefaultPassword)).Status);

        Task<Answer> CloseAsync(long id, string outcome) =>
            moderator.PostAsync($"/moderation/appeal/{id}/close/", new { outcome });
    }
}
