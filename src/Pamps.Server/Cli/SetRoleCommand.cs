using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Server.Cli;

/// <summary><c>pamps set-role USERNAME owner|admin|moderator|member</c>.</summary>
internal static class SetRoleCommand
{
    /// <summary>The workshop's words.</summary>
    private static readonly Dictionary<string, Role> Older = new()
    {
        ["superuser"] = Role.Admin,
        ["user"] = Role.Member,
    };

    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var role = new Argument<string>("ROLE")
        {
            Description =
                "owner, admin, moderator or member; superuser and user are other words for admin and member",
        };
        role.AcceptOnlyFromAmong([.. Roles.Words, .. Older.Keys]);
        var command = new Command("set-role", "Say what a user is to the site") { username, role };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var chosen = parse.GetRequiredValue(role);
                        var account = (
                            await services
                                .GetRequiredService<ModerateUser>()
                                .RunAsync(
                                    Viewer.Operator,
                                    parse.GetRequiredValue(username),
                                    superuser: null,
                                    Roles.Parse(chosen) ?? Older[chosen],
                                    active: null,
                                    ct
                                )
                        ).OrFail();
                        Console.WriteLine(
                            $"{account.User.Username} is {(chosen[0] is 'a' or 'o' ? "an" : "a")} {chosen}"
                        );
                        if (!account.Active)
                        {
                            Console.Error.WriteLine("The account is closed, and stays so.");
                        }
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }
}
