using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Server.Cli;

/// <summary><c>pamps set-role USERNAME superuser|user</c>.</summary>
internal static class SetRoleCommand
{
    private const string Superuser = "superuser";

    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var role = new Argument<string>("ROLE") { Description = "superuser or user" };
        role.AcceptOnlyFromAmong(Superuser, "user");
        var command = new Command("set-role", "Make a user a superuser, or an ordinary user again")
        {
            username,
            role,
        };
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
                                    superuser: chosen == Superuser,
                                    active: null,
                                    ct
                                )
                        ).OrFail();
                        Console.WriteLine($"{account.User.Username} is a {chosen}");
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
