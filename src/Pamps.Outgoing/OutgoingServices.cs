using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Outgoing;

namespace Pamps.Outgoing;

/// <summary>Registers who asks other servers.</summary>
public static class OutgoingServices
{
    /// <summary>Adds it. It stands on the settings, a <see cref="TimeProvider"/> and logs.</summary>
    public static IServiceCollection AddPampsOutgoing(this IServiceCollection services) =>
        services
            .AddSingleton<OutgoingMeasures>()
            .AddSingleton<OutgoingRules>()
            .AddSingleton<OutgoingClient>()
            .AddSingleton<IForeignPages, ForeignPages>();
}
