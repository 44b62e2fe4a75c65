using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.Options;
using Pamps.Core.Writes;
using Pamps.Operations.Maintenance;
using Pamps.Server.Cli.Completion;

namespace Pamps.Server.Cli;

/// <summary>The command line's table of contents, and the one place that turns failures into a line and an exit code.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the whole stack of an error",
        Recursive = true,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Describe().Parse(args);
        if (parsed.Action is ParseErrorAction wrong)
        {
            wrong.ShowHelp = false;
        }
        try
        {
            // The web host listens for SIGTERM itself and needs its own time to finish what is running.
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(35),
            };
            return await parsed.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"pamps: {Line(exception)}");
            if (parsed.GetValue(Verbose))
            {
                Console.Error.WriteLine(exception);
            }
            return 1;
        }
    }

    public static RootCommand Describe()
    {
        var root = new RootCommand("Pamps, a microblog server. Without a command it serves.")
        {
            Verbose,
            ServeCommand.Create(),
            CreateUserCommand.Create(),
            DeleteUserCommand.Create(),
            UserListCommand.Create(),
            ShellCommand.Create(Verbose),
            ResetDbCommand.Create(),
            DbCommand.Create(),
            JobsCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            SettingsCommand.Create(),
            SecretCommand.Create(),
        };
        root.Add(CompletionCommand.Create(root));
        ServeCommand.MakeDefault(root);
        return root;
    }

    private static string Line(Exception exception) =>
        exception switch
        {
            UserErrorException or DatabaseUnavailableException or UpgradeFailedException => exception.Message,
            OptionsValidationException options => string.Join(" ", options.Failures),
            // The innermost of these says "Permission denied" without saying of what.
            IOException or UnauthorizedAccessException => exception.Message.ReplaceLineEndings(" "),
            _ => $"{exception.GetBaseException().Message.ReplaceLineEndings(" ")} (--verbose shows more)",
        };
}
