using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Core.Jobs;

/// <summary>Registers who does jobs.</summary>
public static class JobServices
{
    /// <summary>Adds a handler. Its constructor takes what it needs from the container.</summary>
    public static IServiceCollection AddJob<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors
                | DynamicallyAccessedMemberTypes.NonPublicConstructors
        )]
            T
    >(this IServiceCollection services)
        where T : class, IJobHandler =>
        services.AddPart<T>().AddSingleton<IJobHandler>(x => x.GetRequiredService<T>());
}
