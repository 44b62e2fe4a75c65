using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Pamps.Core;
using Pamps.Operations.Maintenance;
using Pamps.Server.Cli.Shell;

namespace Pamps.Server.Cli;

/// <summary><c>pamps shell</c>: a C# prompt with the operations at hand; runs a script that is piped in.</summary>
internal static class ShellCommand
{
    private static readonly string[] Usings =
    [
        "Pamps.Core",
        "Pamps.Core.Users",
        "Pamps.Core.Posts",
        "Pamps.Core.Follows",
        "Pamps.Core.Timelines",
        "Pamps.Core.Databases",
        "Pamps.Core.Reads",
        "Pamps.Core.Results",
        "Pamps.Operations.Maintenance",
    ];

    public static Command Create(Option<bool> verbose)
    {
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leave the first line out" };
        var command = new Command(
            "shell",
            "Open a C# prompt with the operations, or run a script from a pipe"
        )
        {
            quiet,
        };
        command.SetAction(
            (parse, ct) =>
                // Constant where the program is compiled natively, so that the compiler of C# is left out there.
                RuntimeFeature.IsDynamicCodeSupported
                    ? RunAsync(parse.GetValue(verbose), parse.GetValue(quiet), ct)
                    : throw new UserErrorException(
                        "This pamps is compiled natively and has no shell, which compiles C#. The .NET tool has one, and a publish with -p:PublishAot=false."
                    )
        );
        return command;
    }

    private static Task<int> RunAsync(bool verbose, bool quiet, CancellationToken ct)
    {
        RefuseSingleFile();
        return PampsCommand.RunAsync(
            services =>
                new CSharpShell(verbose, quiet).RunAsync(
                    new ShellGlobals(services),
                    ShellGlobals.Names(),
                    [typeof(Viewer).Assembly, typeof(Schema).Assembly],
                    Usings,
                    ct
                ),
            needsSchema: true,
            ct
        );
    }

    /// <summary>C#'s scripting reads the files of the assemblies that a script uses.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Empty is what is asked for.")]
    private static void RefuseSingleFile()
    {
        if (typeof(object).Assembly.Location.Length == 0)
        {
            throw new UserErrorException(
                "This pamps is a single file, which has no shell: C# needs the files of what it compiles against. The .NET tool and a publish without PublishSingleFile have one."
            );
        }
    }
}
