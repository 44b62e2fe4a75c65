using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;

namespace Pamps.Tests.Host;

/// <summary>Several copies of a server on one database, as an operator runs them.</summary>
public static class ServerInstances
{
    /// <summary>What all copies have in common.</summary>
    public static void ShareKey(PampsOptions options) =>
        options.Security.SecretKey = "the copies of a server share their key";

    /// <summary>Another copy on the database of a server that was started with <see cref="ShareKey"/>.</summary>
    public static Task<PampsServer> StartAnotherAsync(
        this PampsServer first,
        Action<PampsOptions>? change = null,
        Action<IServiceCollection>? services = null
    ) =>
        PampsServer.StartAsync(
            Database.Postgres,
            x =>
            {
                ShareKey(x);
                x.Db.Uri = first.Options.Db.Uri;
                change?.Invoke(x);
            },
            services: services
        );

    /// <summary>The same person with the same token at another copy.</summary>
    public static Client At(this Client person, PampsServer copy)
    {
        var there = new Client(copy, person.Username, person.Id);
        there.UseAccessToken(person.AccessToken);
        return there;
    }
}
