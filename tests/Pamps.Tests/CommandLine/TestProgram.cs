namespace Pamps.Tests.CommandLine;

/// <summary>The program that is tested: the one that these tests were built with, or a native file.</summary>
internal static class TestProgram
{
    /// <summary>The native file to test instead; null where there is none.</summary>
    public static string? Native { get; } =
        Environment.GetEnvironmentVariable("PAMPS_TEST_PROGRAM") is { Length: > 0 } file ? file : null;

    /// <summary>What starts it.</summary>
    public static string[] Command { get; } =
        Native is { } file ? [file] : CommandOf(Path.Combine(AppContext.BaseDirectory, "pamps.dll"));

    /// <summary>What starts a program that needs .NET.</summary>
    public static string[] CommandOf(string program) => ["dotnet", program];
}
