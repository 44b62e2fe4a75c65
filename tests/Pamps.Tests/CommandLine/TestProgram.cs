namespace Pamps.Tests.CommandLine;

/// <summary>The program that is tested: the one that these tests were built with, or a native file.</summary>
internal static class TestProgram
{
    /// <summary>The native file to test instead; null where there is none.</summary>
    public static string? Native { get; } =
        Environment.GetEnvironmentVariable("PAMPS_TEST_PROGRAM") is { Length: > 0 } file ? file : null;

    /// <summary>
    /// The native file that commands are run with although servers are in this process: it starts ten times as fast as what has to be
    /// compiled first. Null where there is none.
    /// </summary>
    private static readonly string? Commands = Environment.GetEnvironmentVariable("PAMPS_TEST_COMMANDS")
        is { Length: > 0 } file
        ? file
        : null;

    /// <summary>What starts it.</summary>
    public static string[] Command =>
        (Native ?? (NeedsOwnProcess ? null : Commands)) is { } file
            ? [file]
            : CommandOf(Path.Combine(AppContext.BaseDirectory, "pamps.dll"));

    /// <summary>Whether the test that runs looks into the program, or uses what a native file has not.</summary>
    private static bool NeedsOwnProcess =>
        TestContext.Current.Test?.Traits.TryGetValue("Needs", out var needs) == true
        && needs.Contains("own process");

    /// <summary>What starts a program that needs .NET.</summary>
    public static string[] CommandOf(string program) => ["dotnet", program];
}
