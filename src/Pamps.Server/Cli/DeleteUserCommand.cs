using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Server.Cli;

/// <summary><c>pamps delete-user USERNAME [--force]</c>.</summary>
internal static class DeleteUserCommand
{
    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var force = Confirmation.Option();
        var command = new Command("delete-user", "Delete a user with posts, likes and follows")
        {
            username,
            force,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var name = parse.GetRequiredValue(username);
                        if (
                            !parse.GetValue(force)
                            && !await Confirmation.AskAsync(
                                $"Delete {name} with all posts, likes and follows?",
                                ct,
                                goOnAlone: true
                            )
                        )
                        {
                            return 1;
                        }
                        (
                            await services
                                .GetRequiredService<DeleteUser>()
                                .RunAsync(Viewer.Operator, name, ct)
                        ).OrFail();
                        Console.WriteLine($"deleted {name} user");
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }
}
