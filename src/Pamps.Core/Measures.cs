using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pamps.Core;

/// <summary>
/// What Pamps measures of itself, for whoever watches it: OpenTelemetry, or <c>dotnet-counters</c>. While nobody does, it
/// costs next to nothing. <c>docs/operations.md</c> says what to make of it.
/// </summary>
public static class Measures
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Pamps";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<int> WriteGroup = Meter.CreateHistogram<int>(
        "pamps.write.group_size",
        "{operation}",
        "Operations that SQLite's writer committed together"
    );

    private static readonly Histogram<double> WriteDuration = Meter.CreateHistogram<double>(
        "pamps.write.duration",
        "s",
        "From asking for a write until it is durable, or has failed",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
            [
                0.001,
                0.0025,
                0.005,
                0.01,
                0.025,
                0.05,
                0.1,
                0.25,
                0.5,
                1,
                2.5,
                5,
                10,
            ],
        }
    );

    private static readonly UpDownCounter<int> OpenCircuits = Meter.CreateUpDownCounter<int>(
        "pamps.database.circuit.open",
        "{circuit}",
        "1 while PostgreSQL does not answer and requests are refused at once"
    );

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "pamps.database.circuit.refused",
        "{operation}",
        "Reads and writes that were refused while PostgreSQL did not answer"
    );

    private static readonly UpDownCounter<int> Streams = Meter.CreateUpDownCounter<int>(
        "pamps.stream.active",
        "{stream}",
        "Live streams that are open"
    );

    private static readonly Histogram<double> JobDuration = Meter.CreateHistogram<double>(
        "pamps.job.duration",
        "s",
        "How long a background job ran",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 1, 10, 60, 600, 3600] }
    );

    private static readonly Counter<long> JobsDone = Meter.CreateCounter<long>(
        "pamps.jobs.done",
        "{job}",
        "Background jobs that ended, well or not"
    );

    private static readonly Gauge<long> JobsWaiting = Meter.CreateGauge<long>(
        "pamps.jobs.waiting",
        "{job}",
        "Background jobs that are due, in all instances together"
    );

    private static readonly Gauge<long> JobsFailed = Meter.CreateGauge<long>(
        "pamps.jobs.failed",
        "{job}",
        "Background jobs that were given up, until somebody retries or drops them"
    );

    private static readonly Counter<long> ReplicaReads = Meter.CreateCounter<long>(
        "pamps.replica.reads",
        "{read}",
        "Reads that a replica could answer"
    );

    private static readonly Gauge<double> ReplicaLag = Meter.CreateGauge<double>(
        "pamps.replica.lag",
        "s",
        "For how long a replica has not had what the primary had"
    );

    /// <summary>The writer has committed a group.</summary>
    public static void WroteGroup(int operations) => WriteGroup.Record(operations);

    /// <summary>Whether anybody wants to know how many jobs there are.</summary>
    internal static bool CountsJobs => JobsWaiting.Enabled || JobsFailed.Enabled;

    /// <summary>Jobs were counted.</summary>
    internal static void CountedJobs(long waiting, long failed)
    {
        JobsWaiting.Record(waiting);
        JobsFailed.Record(failed);
    }

    /// <summary>A background job has ended.</summary>
    /// <param name="kind">Its kind; one of few.</param>
    /// <param name="started">When it began, as <see cref="Stopwatch.GetTimestamp"/> says.</param>
    /// <param name="outcome"><c>success</c>, <c>failure</c> (it is tried again) or <c>given_up</c>.</param>
    internal static void RanJob(string kind, long started, string outcome)
    {
        var tags = new TagList { { "job.name", kind }, { "outcome", outcome } };
        JobDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        JobsDone.Add(1, tags);
    }

    /// <summary>The database does not answer; from now on requests are refused at once.</summary>
    public static void CircuitOpened() => OpenCircuits.Add(1);

    /// <summary>The database answers again.</summary>
    public static void CircuitClosed() => OpenCircuits.Add(-1);

    /// <summary>A read or a write was refused because the database does not answer.</summary>
    public static void RefusedByCircuit() => Refused.Add(1);

    /// <summary>A read was sent to a replica, or could have been.</summary>
    /// <param name="outcome">Where it went, and why: <c>replica</c>, <c>behind</c>, <c>repeated</c>.</param>
    public static void ReadReplica(string outcome) =>
        ReplicaReads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A replica was asked how far it is.</summary>
    /// <param name="server">Which one.</param>
    /// <param name="lag">How long it has been behind.</param>
    public static void SawReplica(string server, TimeSpan lag) =>
        ReplicaLag.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("server.address", server));

    internal static void Wrote(long started, string outcome) =>
        WriteDuration.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    internal static void StreamOpened() => Streams.Add(1);

    internal static void StreamClosed() => Streams.Add(-1);
}
