using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Server.Cli;

/// <summary><c>pamps remove-second-factor USERNAME</c>.</summary>
internal static class RemoveSecondFactorCommand
{
    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var command = new Command(
            "remove-second-factor",
            "Let somebody who has lost their authenticator app and recovery codes sign in with the password alone, and remove their passkeys"
        )
        {
            username,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var setUp = services.GetRequiredService<SetUpSecondFactor>();
                        var name = (
                            await setUp.UndoForAsync(Viewer.Operator, parse.GetRequiredValue(username), ct)
                        ).OrFail();
                        Console.WriteLine($"{name} signs in with the password alone");
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }
}
