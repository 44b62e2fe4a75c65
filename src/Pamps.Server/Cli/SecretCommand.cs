using System.CommandLine;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary><c>pamps secret</c>: prints a fresh key for PAMPS_SECURITY__SECRET_KEY.</summary>
internal static class SecretCommand
{
    public static Command Create()
    {
        var command = new Command("secret", "Print a fresh secret key");
        command.SetAction(_ => Console.WriteLine(SecretKey.Make()));
        return command;
    }
}
