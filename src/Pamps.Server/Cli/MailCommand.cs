using System.CommandLine;
using System.Globalization;
using Pamps.Core.Mail;
using Pamps.Mail;
using Pamps.Server.Settings;

namespace Pamps.Server.Cli;

/// <summary><c>pamps mail test ADDRESS</c>: whether mail goes out.</summary>
internal static class MailCommand
{
    public static Command Create()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whom to send it to" };
        var test = new Command("test", "Send a mail, to see whether the settings are right") { address };
        test.SetAction((parse, ct) => TestAsync(parse.GetRequiredValue(address), ct));
        return new Command("mail", "Look after mail") { test };
    }

    private static async Task TestAsync(string address, CancellationToken ct)
    {
        var options = ReadSettings.Run(new Dictionary<string, string?>()).Options;
        var server = MailUri.Read(options)
            ?? throw new UserErrorException("PAMPS_MAIL__URI is not set, so no mail is sent.");
        if (!System.Net.Mail.MailAddress.TryCreate(address, out var to) || to.Address != address)
        {
            throw new UserErrorException($"'{address}' is no e-mail address.");
        }
        var services = new ServiceCollection();
        services.AddSingleton(options).AddSingleton(TimeProvider.System).AddPampsMail(server);
        await using var provider = services.BuildServiceProvider();
        try
        {
            await provider
                .GetRequiredService<IMailer>()
                .SendAsync(
                    MailTexts.Test(
                        TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                        address,
                        options
                    ),
                    ct
                );
        }
        catch (MailFailedException exception)
        {
            var answer = exception.Answer is { } said ? $" It says: {said}" : "";
            throw new UserErrorException($"{server}: {exception.Message}{answer}", exception);
        }
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{server} has taken a mail to {address}")
        );
    }
}
