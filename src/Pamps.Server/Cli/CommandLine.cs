using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pamps.Core.Writes;
using Pamps.Operations.Maintenance;
using Pamps.Server.Cli.Completion;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary>The command line's table of contents, and the one place that turns failures into a line and an exit code.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the whole stack of an error",
        Recursive = true,
    };

    /// <summary>What `dotnet run` in the source tree puts before what was typed (Pamps.Server.csproj).</summary>
    private static readonly Directive Development = new("development");

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Describe().Parse(CompletionCommand.Translate(args));
        if (parsed.GetResult(Development) is not null)
        {
            PampsEnvironment.Usual = Environments.Development;
        }
        try
        {
            if (parsed.Action is ParseErrorAction)
            {
                throw new UserErrorException(Explain(parsed));
            }
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
            Console.Error.WriteLine($"pamps: {Line(exception).ReplaceLineEndings(" ")}");
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
            ResetPasswordCommand.Create(),
            RemoveSecondFactorCommand.Create(),
            SetRoleCommand.Create(),
            UserListCommand.Create(),
            InvitationsCommand.Create(),
            RegistrationsCommand.Create(),
            SiteCommand.Create(),
            ModerateCommand.Create(),
            AuditCommand.Create(),
            ShellCommand.Create(Verbose),
            ResetDbCommand.Create(),
            DbCommand.Create(),
            JobsCommand.Create(),
            MediaCommand.Create(),
            MailCommand.Create(),
            HealthCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            ImportArchiveCommand.Create(),
            ImportWorkshopCommand.Create(),
            SettingsCommand.Create(),
            SecretCommand.Create(),
        };
        root.Add(CompletionCommand.Create(root));
        root.Add(Development);
        ServeCommand.MakeDefault(root);
        SayWhatIsOptional(root);
        return root;
    }

    private static void SayWhatIsOptional(Command command)
    {
        const string sign = "(optional) ";
        foreach (var argument in command.Arguments.Where(x => x.Arity.MinimumNumberOfValues == 0))
        {
            // Some are shared by all descriptions of the command line.
            argument.Description = sign + argument.Description!.Replace(sign, "", StringComparison.Ordinal);
        }
        foreach (var inner in command.Subcommands)
        {
            SayWhatIsOptional(inner);
        }
    }

    /// <summary>What is wrong with a command line, what may have been meant, and where to read on.</summary>
    private static string Explain(ParseResult parsed)
    {
        // The library says for an unknown command besides that one is missing.
        var wrong = parsed.UnmatchedTokens is [var unknown, ..]
            ? $"Unrecognized command or argument '{unknown}'.{Meant(unknown, parsed.CommandResult.Command)}"
            : parsed.Errors[0].Message;
        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            path.Insert(0, command.Command.Name);
        }
        return $"{wrong} `{string.Join(' ', path)} --help` shows what there is.";
    }

    private static string Meant(string unknown, Command command)
    {
        var near = command
            .Subcommands.Where(x => !x.Hidden)
            .Select(x => x.Name)
            .Concat(command.Options.Where(x => !x.Hidden).Select(x => x.Name))
            .Where(x => x.StartsWith('-') == unknown.StartsWith('-'))
            .Select(x => (Name: x, Distance: Distance(unknown, x)))
            .Where(x => x.Distance <= 3 && x.Distance < x.Name.Length / 2)
            .OrderBy(x => x.Distance)
            .Select(x => x.Name)
            .FirstOrDefault();
        return near is null ? "" : $" Did you mean {near}?";
    }

    /// <summary>How many letters are to be changed, left out or put in to make one of the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }

    private static string Line(Exception exception) =>
        exception switch
        {
            UserErrorException or DatabaseUnavailableException or UpgradeFailedException => exception.Message,
            OptionsValidationException options => string.Join(" ", options.Failures),
            // The innermost of these says "Permission denied" without saying of what.
            IOException or UnauthorizedAccessException => exception.Message,
            _ => $"{exception.GetBaseException().Message} (--verbose shows more)",
        };
}
