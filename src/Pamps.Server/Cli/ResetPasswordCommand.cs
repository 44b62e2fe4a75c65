using System.CommandLine;
using System.Globalization;
using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Server.Cli;

/// <summary><c>pamps reset-password USERNAME [--set-password]</c>.</summary>
internal static class ResetPasswordCommand
{
    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var set = new Option<bool>("--set-password")
        {
            Description =
                "Set a new password, asked for or read from a pipe, and end all their logins, in place of printing a link",
        };
        var command = new Command(
            "reset-password",
            "Print a link with which somebody who forgot their password sets a new one, once and within an hour"
        )
        {
            username,
            set,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var name = parse.GetRequiredValue(username);
                        await (
                            parse.GetValue(set) ? SetAsync(services, name, ct) : LinkAsync(services, name, ct)
                        );
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static async Task SetAsync(IServiceProvider services, string username, CancellationToken ct)
    {
        var password = await CreateUserCommand.AskPasswordAsync(ct);
        var reset = services.GetRequiredService<ResetPassword>();
        var name = (await reset.RunAsync(Viewer.Operator, username, password, ct)).OrFail();
        Console.WriteLine($"{name} has a new password and is signed out everywhere");
    }

    private static async Task LinkAsync(IServiceProvider services, string username, CancellationToken ct)
    {
        var make = services.GetRequiredService<MakeResetToken>();
        var token = (await make.RunAsync(Viewer.Operator, username, ct)).OrFail();
        var options = services.GetRequiredService<PampsOptions>();
        Console.WriteLine(token.LinkAt(SiteAddress.Of(options)));
        Console.Error.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Whoever has this link can give {token.Username} a new password, once and until {token.ExpiresAt:HH:mm} UTC. Give it to nobody else."
            )
        );
        SiteAddress.WarnIfUnset(options, "/reset-password");
    }
}
