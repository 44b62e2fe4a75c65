using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Server.Cli;

/// <summary><c>pamps reset-password USERNAME</c>.</summary>
internal static class ResetPasswordCommand
{
    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var command = new Command(
            "reset-password",
            "Give a user a new password, asked for or read from a pipe, and end all their logins"
        )
        {
            username,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var password = await CreateUserCommand.AskPasswordAsync(ct);
                        var name = (
                            await services
                                .GetRequiredService<ResetPassword>()
                                .RunAsync(Viewer.Operator, parse.GetRequiredValue(username), password, ct)
                        ).OrFail();
                        Console.WriteLine($"{name} has a new password and is signed out everywhere");
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }
}
