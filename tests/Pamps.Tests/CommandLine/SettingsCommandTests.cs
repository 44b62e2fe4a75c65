using Pamps.Server.Settings;

namespace Pamps.Tests.CommandLine;

public sealed class SettingsCommandTests
{
    [Fact]
    public async Task Settings_show_what_is_in_force_and_no_secret()
    {
        var key = new string('k', 64);
        var workplace = Workplace
            .Bare()
            .With("PAMPS_SECURITY__SECRET_KEY", key)
            .With("PAMPS_DB__URI", "postgresql://someone:p%40ssw0rd@db.example.org/pamps")
            .With("PAMPS_MAIL__URI", "smtp://someone:m%40ilssw0rd@mail.example.org")
            .With("PAMPS_MAIL__FROM", "pamps@example.org")
            .With("PAMPS_SITE__ADDRESS", "https://pamps.example.org")
            .With("PAMPS_MEDIA__URI", "s3://pictures?endpoint=https://s3.example.org")
            .With("PAMPS_MEDIA__KEY", "s3-kssw0rd")
            .With("PAMPS_MEDIA__SECRET", "s3-ssw0rd")
            .With("PAMPS_POSTS__MAX_LENGTH", "271");
        var shown = (await workplace.RunAsync("settings")).Succeeded();
        Assert.DoesNotContain(key, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("ssw0rd", shown, StringComparison.Ordinal);
        Assert.Contains("db.example.org:5432/pamps", shown, StringComparison.Ordinal);
        Assert.Contains("smtp://…@mail.example.org:587", shown, StringComparison.Ordinal);
        Assert.Contains("271", shown, StringComparison.Ordinal);
        Assert.Contains("Settings (Production)", shown, StringComparison.Ordinal);
        Assert.All(SettingsTable.Read(), x => Assert.Contains(x.Variable, shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PAMPS_DB__URI", "postgresql://someone@db.example.org/pamps?password=p4ssw0rd")]
    [InlineData("PAMPS_DB__URI", "postgresql://someone:p4ssw0rd/db.example.org")]
    [InlineData("PAMPS_DB__URI", "someone:p4ssw0rd@db.example.org")]
    [InlineData("PAMPS_MAIL__URI", "smtp://someone:p4ssw0rd/mail.example.org")]
    [InlineData("PAMPS_MAIL__URI", "someone:p4ssw0rd@mail.example.org")]
    [InlineData("PAMPS_MEDIA__URI", "s3://someone:p4ssw0rd@bucket")]
    [InlineData("PAMPS_DB__REPLICAS", "db1, postgresql://someone:p4ssw0rd@db2.example.org/pamps")]
    [InlineData("PAMPS_DB__REPLICAS", "someone:p4ssw0rd@db2.example.org")]
    [InlineData("PAMPS_DB__REPLICAS", "postgresql://someone:p4ssw0rd/db2.example.org")]
    public async Task A_password_in_an_odd_place_is_not_shown_either(string variable, string value)
    {
        var ran = await Workplace.Bare().With(variable, value).RunAsync("settings");
        Assert.DoesNotContain("p4ssw0rd", ran.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_as_Markdown_are_the_page_in_the_documentation()
    {
        var printed = (await Workplace.Bare().RunAsync("settings", "--markdown")).Succeeded();
        Assert.Equal(SettingsTable.ToMarkdown(), printed);
    }
}
