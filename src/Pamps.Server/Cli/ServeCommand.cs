using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Pamps.Auth;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Writes;
using Pamps.Data.Sqlite;
using Pamps.Operations.Maintenance;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary><c>pamps serve</c>: runs the server until it is told to stop. What runs without a command, too.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Host = new("--host")
    {
        Description = "Address to listen on (127.0.0.1)",
    };

    // A text here, so that a wrong one is refused in the words of the setting.
    private static readonly Option<string?> Port = new("--port") { Description = "Port to listen on (8000)" };

    private static readonly Option<bool> ReadOnly = new("--read-only")
    {
        Description = "Answer reads only; every write is refused with 503",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Run the server (the default)") { Host, Port, ReadOnly };
        command.SetAction((parse, ct) => RunAsync(parse, ct));
        return command;
    }

    public static void MakeDefault(RootCommand root)
    {
        root.Add(Host);
        root.Add(Port);
        root.Add(ReadOnly);
        root.SetAction((parse, ct) => RunAsync(parse, ct));
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        // What follows may not give way before the server listens, and until then the command line library takes a
        // signal for one that nobody heeds: the program would end with its exit code instead of 0.
        await Task.Yield();
        var flags = new Dictionary<string, string?>();
        if (parse.GetValue(Host) is { } host)
        {
            flags["HOST"] = host;
        }
        if (parse.GetValue(Port) is { } port)
        {
            flags["PORT"] = port;
        }
        if (parse.GetValue(ReadOnly))
        {
            flags["DB:READ_ONLY"] = "true";
        }

        var settings = ReadSettings.Run(flags);
        foreach (var line in SettingsLayers.FindUnknown(settings.Configuration))
        {
            Console.Error.WriteLine(line);
        }
        foreach (var foreign in SettingsLayers.FindForeignFiles())
        {
            Console.Error.WriteLine(
                $"pamps: {foreign} is not read: what it sets stands in appsettings.json or in PAMPS_ variables here (docs/from-the-workshop.md)"
            );
        }
        if (
            PampsServices.UriOf(settings.Options) is DatabaseUri.Sqlite file
            && DatabaseFile.IsOpenToOthers(file.Path)
        )
        {
            Console.Error.WriteLine(
                $"pamps: {Path.GetFullPath(file.Path)} may be read by others on this machine; `chmod 600` leaves it to its owner"
            );
        }
        await using var app = Web.Build(settings, x => x.AddHostedService<GiveBack>());
        if (settings.Options.Site.Logo.Length > 0)
        {
            // Drawn before anything else is done: it may be no picture.
            _ = app.Services.GetRequiredService<LogoIcons>();
        }
        await PrepareDatabase.RunAsync(app.Services, needsSchema: true, Console.WriteLine, cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new UserErrorException(
                $"Port {settings.Options.Port} on {settings.Options.Host} is in use. Choose another with --port or PAMPS_PORT."
            );
        }
        catch (SocketException exception)
        {
            throw new UserErrorException(
                $"Cannot listen on {settings.Options.Host}:{settings.Options.Port}: {exception.Message}."
            );
        }
        Console.WriteLine(
            $"Pamps listens on {Web.Address(app)} (API documentation: {Web.Address(app)}/docs)"
        );
        Console.WriteLine($"Data: {app.Services.GetRequiredService<IDatabase>().Description}");
        if (settings.Options.Db.ReadOnly)
        {
            Console.WriteLine("Read-only: every write answers 503.");
        }
        else
        {
            await SayWhetherItWritesAsync(app, cancellationToken);
        }
        await RecordSettingsAsync(app, settings, cancellationToken);
        if (!Web.HasClient(app))
        {
            Console.WriteLine("This build has no web client: install Node 20.19 or newer and build again.");
        }
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task RecordSettingsAsync(
        WebApplication app,
        RunSettings settings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var keys = app.Services.GetRequiredService<PurposeKeys>();
            await app
                .Services.GetRequiredService<RecordSettings>()
                .RunAsync(SecuritySettings.Describe(settings, keys), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops, as it does at any other time.
        }
    }

    private static async Task SayWhetherItWritesAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            var health = app.Services.GetRequiredService<WriteHealth>();
            if (await health.FindFaultAsync(cancellationToken) is { } fault)
            {
                Console.Error.WriteLine(
                    $"pamps: The database cannot be written, so every write answers 503 until it can: {fault.GetBaseException().Message.ReplaceLineEndings(" ")}"
                );
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops, as it does at any other time.
        }
    }
}
