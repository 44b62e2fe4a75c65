using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Pamps.Core;

namespace Pamps.Faults.Tests.Host;

/// <summary>Adds up what servers in this process measure of themselves, from now on.</summary>
internal sealed class Watch : IDisposable
{
    private readonly ConcurrentDictionary<string, long> sums = new();
    private readonly MeterListener listener = new();

    public Watch()
    {
        listener.InstrumentPublished = (instrument, x) =>
        {
            if (instrument.Meter.Name == Measures.MeterName)
            {
                x.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((x, value, _, _) => Add(x.Name, value));
        listener.SetMeasurementEventCallback<long>((x, value, _, _) => Add(x.Name, value));
        listener.Start();
    }

    public long this[string instrument] => sums.GetValueOrDefault(instrument);

    public void Dispose() => listener.Dispose();

    private void Add(string instrument, long value) =>
        sums.AddOrUpdate(instrument, value, (_, sum) => sum + value);
}
