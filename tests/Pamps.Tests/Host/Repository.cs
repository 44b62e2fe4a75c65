namespace Pamps.Tests.Host;

/// <summary>Where the source lies that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Pamps.slnx"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder.TrimEnd('/'))
                    ?? throw new InvalidOperationException("Pamps.slnx is not above the tests.")
            );
}
