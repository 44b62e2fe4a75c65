using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Outgoing;
using Pamps.Core.Text;

namespace Pamps.Outgoing;

/// <summary>Registers who asks other servers, and who reads their HTML.</summary>
public static class OutgoingServices
{
    /// <summary>Adds it. It stands on the settings, a <see cref="TimeProvider"/> and logs.</summary>
    public static IServiceCollection AddPampsOutgoing(this IServiceCollection services) =>
        services
            .AddSingleton<OutgoingMeasures>()
            .AddSingleton<OutgoingRules>()
            .AddSingleton<OutgoingClient>()
            .AddSingleton<IForeignPages, ForeignPages>()
            .AddSingleton<IHtmlText, HtmlText>();
}
