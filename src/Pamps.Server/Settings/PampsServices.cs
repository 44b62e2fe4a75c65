using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Data.Postgres;
using Pamps.Data.Sqlite;
using Pamps.Http;
using Pamps.Mail;
using Pamps.Media;
using Pamps.Operations;
using Pamps.Outgoing;
using Pamps.Server.Cli;

namespace Pamps.Server.Settings;

/// <summary>Puts the parts together, for the server and for the commands alike; doors add themselves.</summary>
internal static class PampsServices
{
    public static IServiceCollection AddPamps(this IServiceCollection services, RunSettings settings)
    {
        Unicode.Check();
        var options = settings.Options;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddPampsCore();
        services.AddPampsOperations();
        services.AddPampsMedia();
        if (options.Site.Logo.Length > 0)
        {
            services.AddSingleton(x =>
                SiteSettings.DrawLogo(options.Site.Logo, x.GetRequiredService<ILogoMaker>())
            );
        }
        services.AddSingleton(x =>
            MediaUri.Read(options).Open(options, x.GetRequiredService<ILoggerFactory>())
        );
        // Each store keeps both.
        services.AddSingleton(x => (IPrivateFiles)x.GetRequiredService<IMediaStore>());
        services.AddPampsMail(MailUri.Read(options));
        services.AddPampsOutgoing();
        AddDatabase(services, options);
        services.AddPampsAccounts(auth => ConfigureAuth(auth, options));
        return services;
    }

    /// <summary>Where the database is.</summary>
    public static DatabaseUri UriOf(PampsOptions options) =>
        (
            options.Db.Uri.Length == 0
                ? new DatabaseUri.Sqlite(Path.Combine(options.DataFolder, "pamps.db"))
                : DatabaseUri.Parse(options.Db.Uri)
        ).With(options.Db.Replicas);

    private static void AddDatabase(IServiceCollection services, PampsOptions options)
    {
        switch (UriOf(options))
        {
            case DatabaseUri.Sqlite sqlite:
                MakeFolder(Path.GetDirectoryName(Path.GetFullPath(sqlite.Path))!);
                services.AddPampsSqlite(sqlite.Path);
                break;
            case DatabaseUri.Postgres postgres:
                postgres.Connection.MaxPoolSize = options.Db.MaxConnections;
                postgres.Connection.CommandTimeout = options.Db.TimeoutSeconds;
                if (!postgres.Connection.ShouldSerialize("Timeout"))
                {
                    // The URI's own connect_timeout wins.
                    postgres.Connection.Timeout = options.Db.TimeoutSeconds;
                }
                services.AddPampsPostgres(postgres.Connection, TimeSpan.FromSeconds(options.Db.WaitSeconds));
                break;
        }
    }

    private static void ConfigureAuth(PampsAuthOptions auth, PampsOptions options)
    {
        var security = options.Security;
        if (security.SecretKey.Length == 0 && options.Db.ReadOnly)
        {
            security.SecretKey = SecretKey.ReadOrDraw(options.DataFolder);
        }
        else if (security.SecretKey.Length == 0)
        {
            MakeFolder(options.DataFolder);
            security.SecretKey = SecretKey.ReadOrMake(options.DataFolder);
        }
        auth.SecretKey = security.SecretKey;
        // Not the site's address, which an operator may change: that would sign everybody out.
        auth.Issuer = "pamps";
        auth.Audience = security.TokenAudience;
        auth.Algorithm = security.Algorithm;
        auth.PasskeyOrigin = PasskeyOrigin.Parse(options.Site.Origin)?.Origin ?? "";
        auth.AccessTokenLifetime = TimeSpan.FromMinutes(security.AccessTokenExpireMinutes);
        auth.RefreshTokenLifetime = TimeSpan.FromMinutes(security.RefreshTokenExpireMinutes);
        auth.SessionLifetime = TimeSpan.FromDays(security.SessionExpireDays);
        auth.LoginLifetime = TimeSpan.FromDays(security.LoginExpireDays);
        auth.OAuthTokenLifetime =
            security.ProgramTokenDays == 0 ? null : TimeSpan.FromDays(security.ProgramTokenDays);
        auth.PasswordIterations = security.PasswordIterations;
        auth.ParallelHashes = security.ParallelHashes == 0 ? auth.ParallelHashes : security.ParallelHashes;
        auth.SignInFailuresPerAccount = security.SignInFailuresPerAccount;
        auth.SignInFailuresFromEverywhere = security.SignInFailuresFromEverywhere;
        auth.SignInFailuresPerAddress = security.SignInFailuresPerAddress;
        auth.SignInFailureWindow = TimeSpan.FromMinutes(security.SignInFailureWindowMinutes);
    }

    /// <summary>Makes the folder, for its owner only, unless it is there.</summary>
    private static void MakeFolder(string folder)
    {
        try
        {
            OwnerOnly.MakeFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot make the folder {Path.GetFullPath(folder)}: {exception.Message}",
                exception
            );
        }
    }
}
