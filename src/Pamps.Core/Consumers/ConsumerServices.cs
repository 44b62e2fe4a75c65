using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Jobs;
using Pamps.Core.Streaming;

namespace Pamps.Core.Consumers;

/// <summary>Registers who hears of events.</summary>
public static class ConsumerServices
{
    /// <summary>Adds a consumer, and the job that tells it. Its constructor takes what it needs from the container.</summary>
    public static IServiceCollection AddEventConsumer<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors
                | DynamicallyAccessedMemberTypes.NonPublicConstructors
        )]
            T
    >(this IServiceCollection services)
        where T : class, IEventConsumer =>
        services
            .AddPart<T>()
            .AddSingleton<IEventConsumer>(x => x.GetRequiredService<T>())
            .AddSingleton<IJobHandler>(x => new TellConsumer(
                x.GetRequiredService<T>(),
                x.GetRequiredService<ConsumerPlaces>(),
                x.GetRequiredService<EventReader>(),
                x.GetRequiredService<JobOptions>(),
                x.GetRequiredService<TimeProvider>()
            ));
}
