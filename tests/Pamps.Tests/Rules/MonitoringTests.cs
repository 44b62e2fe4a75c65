using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed class MonitoringTests
{
    [Theory]
    [InlineData("docs/monitoring/dashboard.json")]
    [InlineData("docs/monitoring/alerts.yml")]
    public async Task What_is_watched_is_measured(string file)
    {
        var text = await Repository.ReadAsync(file);
        var watched = Regex
            .Matches(text, @"\bpamps_[a-z_]+")
            .Select(x => Regex.Replace(x.Value, "_(bucket|count|sum)$", ""))
            .ToHashSet();
        Assert.NotEmpty(watched);
        Assert.Subset(Measured(), watched);
    }

    /// <summary>The instruments, under the names that Prometheus gives them.</summary>
    private static HashSet<string> Measured()
    {
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is Measures.MeterName or SignInMeasures.MeterName)
                {
                    names.Add(
                        instrument.Name.Replace('.', '_')
                            + (instrument.Unit == "s" ? "_seconds" : "")
                            + (instrument is Counter<long> ? "_total" : "")
                    );
                }
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(Measures).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(SignInMeasures).TypeHandle);
        listener.Start();
        return names;
    }
}
