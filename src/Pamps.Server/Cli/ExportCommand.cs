using System.CommandLine;
using System.Globalization;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Operations;
using Pamps.Operations.Archives;

namespace Pamps.Server.Cli;

/// <summary><c>pamps export USERNAME [FILE]</c>: a person's whole account in a file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var username = new Argument<string>("USERNAME") { Description = "User name" };
        var file = new Argument<string?>("FILE")
        {
            Description = "The file to write, - for standard output; USERNAME.zip unless said",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var force = new Option<bool>("--force", "-f") { Description = "Replace FILE" };
        var command = new Command("export", "Write a person's whole account into a file")
        {
            username,
            file,
            force,
        };
        command.SetAction(
            (parse, ct) =>
            {
                var name = parse.GetRequiredValue(username);
                return PampsCommand.RunAsync(
                    x => RunAsync(x, name, parse.GetValue(file), parse.GetValue(force), ct),
                    needsSchema: true,
                    ct
                );
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        string username,
        string? file,
        bool force,
        CancellationToken ct
    )
    {
        // A name that nobody has must not become that of a file.
        var found = (await services.GetRequiredService<ReadProfile>().RunAsync(null, username, ct)).OrFail();
        var target = file ?? $"{found.User.Username}.zip";
        var export = services.GetRequiredService<ExportAccount>();
        var manifest = await PrivateFile.WriteAsync(target, force, async (output, progress) =>
            (await export.RunAsync(Viewer.Operator, username, output, progress, ct)).OrFail()
        );
        PrivateFile.Say(
            target,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Exported {manifest.Username} as of {manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC: {manifest.Posts:N0} posts, {manifest.Likes:N0} likes, {manifest.Bookmarks ?? 0:N0} bookmarks, {manifest.Following:N0} followed, {manifest.Followers:N0} followers{Pictures(manifest)}"
            )
        );
        if (manifest.PicturesMissing is > 0 and var missing)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"pamps: {missing:N0} pictures are not in it: they are missing or damaged (`pamps media check`), or too many"
                )
            );
        }
        return 0;
    }

    private static string Pictures(AccountManifest manifest) =>
        manifest is { Pictures: { } pictures, PictureBytes: { } bytes }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", {pictures:N0} pictures ({ByteCount.Text(bytes)})"
            )
            : "";
}
