using System.CommandLine;
using System.Globalization;
using Pamps.Server.Settings;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps settings [--markdown]</c>: what is in force, secrets left out.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print docs/configuration.md instead" };
        var command = new Command("settings", "Show the settings in force") { markdown };
        command.SetAction(parse =>
        {
            if (parse.GetValue(markdown))
            {
                Console.Write(SettingsTable.ToMarkdown());
                return;
            }
            var settings = ReadSettings.Run(new Dictionary<string, string?>());
            var table = new Table().AddColumn("setting").AddColumn("value").AddColumn("meaning");
            table.Title($"Settings ({settings.Environment})");
            foreach (var setting in SettingsTable.Read())
            {
                var value = Convert.ToString(setting.Read(settings.Options), CultureInfo.InvariantCulture)
                    ?? "";
                table.AddRow(
                    setting.Variable,
                    Markup.Escape(Mask(setting.Variable, value)),
                    Markup.Escape(setting.Description)
                );
            }
            Terminal.Open().Write(table);
            foreach (var line in SettingsLayers.FindUnknown(settings.Configuration))
            {
                Console.Error.WriteLine(line);
            }
        });
        return command;
    }

    private static string Mask(string variable, string value) =>
        variable switch
        {
            _ when value.Length == 0 => value,
            "PAMPS_DATA_FOLDER" => Path.GetFullPath(value),
            "PAMPS_SECURITY__SECRET_KEY" or "PAMPS_MEDIA__KEY" or "PAMPS_MEDIA__SECRET" => "(set)",
            "PAMPS_DB__URI" => Mask(value),
            "PAMPS_MAIL__URI" => MaskMail(value),
            "PAMPS_DB__REPLICAS" => string.Join(", ", value.Split(',').Select(MaskReplica)),
            _ => value,
        };

    private static string MaskMail(string uri)
    {
        // Wrong ones are refused when the settings are read.
        var server = MailUri.Parse(uri);
        return $"{uri.Split(':')[0]}://{(server.User is null ? "" : "…@")}{server}";
    }

    private static string MaskReplica(string replica) =>
        replica.Contains("://", StringComparison.Ordinal) || replica.Contains('@', StringComparison.Ordinal)
            ? Mask(replica.Trim())
            : replica.Trim();

    /// <summary>Made anew from what was understood, so that a password which stands in a wrong place is left out too.</summary>
    private static string Mask(string uri)
    {
        try
        {
            return DatabaseUri.Parse(uri) is DatabaseUri.Postgres postgres
                ? $"postgresql://…@{string.Join(',', postgres.Servers)}/{postgres.Connection.Database}"
                : uri;
        }
        catch (UserErrorException)
        {
            return "(set, but cannot be read)";
        }
    }
}
