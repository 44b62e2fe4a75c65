using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;

namespace Pamps.Tests.Host;

/// <summary>Several instances of a server on one database, as an operator runs them.</summary>
public static class ServerInstances
{
    /// <summary>What all instances have in common.</summary>
    public static void ShareKey(PampsOptions options) =>
        options.Security.SecretKey = "the instances of a server share their key";

    /// <summary>Another instance on the database of a server that was started with <see cref="ShareKey"/>.</summary>
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

    /// <summary>The same person with the same token at another instance.</summary>
    public static Client At(this Client person, PampsServer instance)
    {
        var there = new Client(instance, person.Username, person.Id);
        there.UseAccessToken(person.AccessToken);
        return there;
    }
}
