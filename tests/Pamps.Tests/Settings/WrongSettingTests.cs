using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Settings;

public sealed class WrongSettingTests
{
    /// <summary>What is set, and the beginning of the one line that says what is wrong with it.</summary>
    public static readonly TheoryData<string, string, string> Wrong = new()
    {
        { "PORT", "abc", "PORT is 'abc'; it must be a whole number" },
        { "PORT", "65536", "PORT is wrong: " },
        { "PAMPS_PORT", "abc", "PAMPS_PORT is 'abc'; it must be a whole number" },
        { "PAMPS_HOST", "my.computer", "PAMPS_HOST is 'my.computer'" },
        { "PAMPS_DB__WAIT_SECONDS", "soon", "PAMPS_DB__WAIT_SECONDS is 'soon'; it must be a whole number" },
        { "PAMPS_DB__ECHO", "perhaps", "PAMPS_DB__ECHO is 'perhaps'; it must be true or false" },
        { "PAMPS_DB__MAX_CONNECTIONS", "1", "PAMPS_DB__MAX_CONNECTIONS is wrong: " },
        {
            "PAMPS_HTTP__MAX_CONNECTIONS",
            "20000",
            "PAMPS_HTTP__MAX_CONNECTIONS is 20000; it must be more than"
        },
        { "PAMPS_LIMITS__POSTS_PER_3_HOURS", "-1", "PAMPS_LIMITS__POSTS_PER_3_HOURS is wrong: " },
        { "PAMPS_SEARCH__PARALLEL", "-1", "PAMPS_SEARCH__PARALLEL is wrong: " },
        { "PAMPS_ENV", "staging", "PAMPS_ENV is 'staging'" },
        { "PAMPS_LOG__FORMAT", "xml", "PAMPS_LOG__FORMAT is wrong: must be text or json" },
        { "PAMPS_SECURITY__ALGORITHM", "none", "PAMPS_SECURITY__ALGORITHM is wrong: " },
        { "PAMPS_SECURITY__SECRET_KEY", "too short", "PAMPS_SECURITY__SECRET_KEY has 9 bytes" },
        { "PAMPS_SECURITY__PASSWORD_ITERATIONS", "209999", "PAMPS_SECURITY__PASSWORD_ITERATIONS is 209999" },
        { "PAMPS_SECURITY__ACCESS_TOKEN_EXPIRE_MINUTES", "0", "PAMPS_SECURITY__ACCESS_TOKEN_EXPIRE_MINUTES" },
        { "PAMPS_HTTP__MAX_BODY_BYTES", "1", "PAMPS_HTTP__MAX_BODY_BYTES is wrong: " },
        { "PAMPS_HTTP__TRUSTED_PROXIES", "10.0.0.1,proxy", "PAMPS_HTTP__TRUSTED_PROXIES holds 'proxy'" },
        { "HOST", "my.computer", "HOST is 'my.computer'" },
        { "APP_ORIGIN", "https://a.example.org,localhost:3000", "APP_ORIGIN holds 'localhost:3000'" },
        { "APP_ORIGIN", "https://a.example.org/page", "APP_ORIGIN holds 'https://a.example.org/page'" },
        { "PAMPS_SITE__ADDRESS", "example.org", "PAMPS_SITE__ADDRESS is wrong: it must be like https://" },
        { "PAMPS_SITE__ADDRESS", "ftp://example.org", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://exa mple.org", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://example.org:x", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://example.org/pamps", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://example.org?", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://example.org/#x", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__ADDRESS", "https://me:s3cret@example.org", "PAMPS_SITE__ADDRESS is wrong: " },
        { "PAMPS_SITE__HOSTS", "example.org,https://a.example", "PAMPS_SITE__HOSTS is wrong: " },
        { "PAMPS_MEDIA__ADDRESS", "files.example.org", "PAMPS_MEDIA__ADDRESS is wrong: " },
        {
            "PAMPS_MEDIA__ADDRESS",
            "https://files.example.org",
            "PAMPS_MEDIA__ADDRESS needs PAMPS_SITE__ADDRESS"
        },
        { "PAMPS_HTTP__REFUSE_OTHER_HOSTS", "true", "PAMPS_HTTP__REFUSE_OTHER_HOSTS needs PAMPS_SITE__" },
        { "PAMPS_SITE__LOGO", "/no/such/logo.png", "PAMPS_SITE__LOGO cannot be read: " },
        {
            "PAMPS_SITE__LOGO",
            "/proc/version",
            "PAMPS_SITE__LOGO is wrong: This is no picture that is taken"
        },
        {
            "PAMPS_MODERATION__BLOCKED_NETWORKS",
            "192.0.2.0/24, everywhere",
            "PAMPS_MODERATION__BLOCKED_NETWORKS is wrong: must be networks"
        },
        { "PAMPS_SITE__HOSTS", "*.example.org", "PAMPS_SITE__HOSTS is wrong: " },
        {
            "PAMPS_SECURITY__SIGN_IN_FAILURES_PER_ADDRESS",
            "0",
            "PAMPS_SECURITY__SIGN_IN_FAILURES_PER_ADDRESS is wrong: "
        },
        { "PAMPS_DB__URI", "mysql://user:s3cret@host/db", "PAMPS_DB__URI has an unknown scheme" },
        { "PAMPS_MAIL__URI", "https://me:s3cret@example.org", "PAMPS_MAIL__URI cannot be read" },
        { "PAMPS_MAIL__URI", "me:s3cret@example.org", "PAMPS_MAIL__URI cannot be read" },
        { "PAMPS_MAIL__URI", "smtp://me:s3/cret@example.org", "PAMPS_MAIL__URI " },
        { "PAMPS_MAIL__URI", "smtp://s3cret@example.org", "PAMPS_MAIL__URI names no host, a user without" },
        { "PAMPS_MAIL__URI", "smtp://me:s3cret@example.org/in", "PAMPS_MAIL__URI names no host, a user" },
        { "PAMPS_MAIL__URI", "smtp://example.org?tls=none", "PAMPS_MAIL__URI has tls=none, which is for" },
        { "PAMPS_MAIL__URI", "smtp://example.org?password=s3cret", "PAMPS_MAIL__URI has an option that is" },
        { "PAMPS_MAIL__URI", "smtp://me:s3cret@example.org", "PAMPS_MAIL__URI needs PAMPS_MAIL__FROM" },
        { "PAMPS_MEDIA__FFMPEG", "ffmpeg", "PAMPS_MEDIA__FFMPEG is wrong: it must be the absolute path" },
        { "PAMPS_MEDIA__FFMPEG", "/no/such/ffmpeg", "PAMPS_MEDIA__FFMPEG is wrong: " },
        { "PAMPS_MEDIA__URI", "srv/media", "PAMPS_MEDIA__URI names neither a folder nor a bucket. " },
        { "PAMPS_MEDIA__URI", "s3://me:s3cret@bucket", "PAMPS_MEDIA__URI names no bucket, or more than" },
        { "PAMPS_MEDIA__URI", "s3://bucket/../s3cret", "PAMPS_MEDIA__URI names no bucket, or more than" },
        {
            "PAMPS_MEDIA__URI",
            "s3://bucket?secret=s3cret",
            "PAMPS_MEDIA__URI has an option that is not known"
        },
        { "PAMPS_MEDIA__URI", "s3://bucket?endpoint=s3cret", "PAMPS_MEDIA__URI has a wrong endpoint" },
        {
            "PAMPS_MEDIA__URI",
            "s3://bucket?endpoint=https://x/s3cret",
            "PAMPS_MEDIA__URI has a wrong endpoint"
        },
        { "PAMPS_MEDIA__URI", "s3://bucket?region=a/b", "PAMPS_MEDIA__URI has a wrong region" },
        { "PAMPS_MEDIA__URI", "s3://bucket?timeout=31", "PAMPS_MEDIA__URI has a wrong timeout" },
        { "PAMPS_MEDIA__URI", "s3://bucket/media", "PAMPS_MEDIA__URI names a bucket, which needs PAMPS_" },
        { "PAMPS_DB__REPLICAS", "db2", "PAMPS_DB__REPLICAS is set, and SQLite has no replicas" },
        { "PAMPS_DB__REPLICA_LAG_SECONDS", "0", "PAMPS_DB__REPLICA_LAG_SECONDS is wrong: " },
        {
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
            "1",
            "Texts cannot be compared, since .NET runs without ICU"
        },
        { "PAMPS_DATA_FOLDER", "/dev/null/data", "Cannot make the folder /dev/null/data" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_stops_the_start_with_one_line_that_names_it(
        string variable,
        string value,
        string line
    )
    {
        var workplace = Workplace.Bare().With(variable, value);
        var refusal = (await workplace.RunAsync("serve")).Refused();
        Assert.StartsWith($"pamps: {line}", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PAMPS_MAIL__FROM", "nobody", "PAMPS_MAIL__FROM is wrong: it must be like pamps@example.org")]
    [InlineData("PAMPS_MAIL__FROM", "Town <pamps>", "PAMPS_MAIL__FROM is wrong: ")]
    [InlineData("PAMPS_SITE__ADDRESS", "", "PAMPS_MAIL__URI needs PAMPS_SITE__ADDRESS")]
    public async Task Mail_needs_to_know_whom_it_is_from_and_where_links_lead(
        string variable,
        string value,
        string line
    )
    {
        var workplace = Workplace
            .Bare()
            .With("PAMPS_MAIL__URI", "smtps://me:s3cret@example.org")
            .With("PAMPS_MAIL__FROM", "pamps@example.org")
            .With("PAMPS_SITE__ADDRESS", "https://example.org")
            .With(variable, value);
        var refusal = (await workplace.RunAsync("serve")).Refused();
        Assert.StartsWith($"pamps: {line}", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_that_needs_the_key_refuses_a_short_one_before_it_touches_anything()
    {
        var workplace = Workplace
            .Bare()
            .With("PAMPS_SECURITY__ALGORITHM", "HS512")
            .With("PAMPS_SECURITY__SECRET_KEY", new string('k', 63));
        var line = (
            await workplace.RunAsync("create-user", "ana@example.org", "ana", Client.DefaultPassword)
        ).Refused();
        Assert.StartsWith(
            "pamps: PAMPS_SECURITY__SECRET_KEY has 63 bytes; HS512 needs at least 64.",
            line,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(workplace.Folder));
    }
}
