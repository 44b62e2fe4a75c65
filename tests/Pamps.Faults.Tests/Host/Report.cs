namespace Pamps.Faults.Tests.Host;

/// <summary>Figures for people, beside the tests' results.</summary>
internal static class Report
{
    public static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    /// <summary>How long something took, for people.</summary>
    public static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.0} s");
}
