using System.CommandLine;
using Pamps.Core;
using Pamps.Core.Users;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps create-user EMAIL USERNAME [PASSWORD] [--superuser]</c>.</summary>
internal static class CreateUserCommand
{
    public static Command Create()
    {
        var email = new Argument<string>("EMAIL") { Description = "E-mail address" };
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var password = new Argument<string?>("PASSWORD")
        {
            Description = "Password; asked for, hidden, when it is left out",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var superuser = new Option<bool>("--superuser") { Description = "Make the account a superuser's" };
        var command = new Command("create-user", "Create a user") { email, username, password, superuser };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    async services =>
                    {
                        var user = new NewUser(
                            parse.GetRequiredValue(email),
                            parse.GetRequiredValue(username),
                            parse.GetValue(password) ?? await AskPasswordAsync(ct),
                            Superuser: parse.GetValue(superuser)
                        );
                        var create = services.GetRequiredService<CreateUser>();
                        var created = (await create.RunAsync(Viewer.Operator, user, key: null, ct)).OrFail();
                        Console.WriteLine($"created {created.Username} user");
                        return 0;
                    },
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    /// <summary>Asks for a new password, twice; a pipe gives it in a line.</summary>
    public static async Task<string> AskPasswordAsync(CancellationToken ct)
    {
        if (Console.IsInputRedirected)
        {
            // A script may pipe the password in, which keeps it out of the list of processes.
            return await Console.In.ReadLineAsync(ct) ?? "";
        }
        var password = await Terminal.AskAsync(new TextPrompt<string>("Password:").Secret(), ct);
        var again = await Terminal.AskAsync(new TextPrompt<string>("Again:").Secret(), ct);
        return password == again ? password : throw new UserErrorException("The two passwords differ.");
    }
}
