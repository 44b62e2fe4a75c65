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

    /// <summary>Whether these are networks by commas, as <see cref="Pamps.Core.OutgoingOptions.Allow"/> names them.</summary>
    public static bool AreNetworks(string setting) => OutgoingRules.Parse(setting) is not null;
}
