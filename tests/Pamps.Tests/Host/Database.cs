using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Pamps.Tests.Host;

/// <summary>The databases that every test runs on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

internal static class Databases
{
    /// <summary>Those that are tested: all, unless one is asked for.</summary>
    public static IReadOnlyList<Database> Tested { get; } =
        Environment.GetEnvironmentVariable("PAMPS_TEST_DATABASE") is { Length: > 0 } one
            ? [Enum.Parse<Database>(one, ignoreCase: true)]
            : Enum.GetValues<Database>();

    /// <summary>
    /// Whether the native file is tested too, on SQLite: what runs there need not run on SQLite here. What cannot run there, and what
    /// it leaves out, runs on both.
    /// </summary>
    private static readonly bool NativeIsTestedToo =
        Environment.GetEnvironmentVariable("PAMPS_TEST_NATIVE_TOO") is { Length: > 0 };

    /// <summary>Those that this test runs on.</summary>
    public static IEnumerable<Database> Of(MethodInfo test) =>
        NativeIsTestedToo && RunsNatively(test) ? Tested.Where(x => x != Database.Sqlite) : Tested;

    private static bool RunsNatively(MethodInfo test) =>
        test.ReflectedType!.Namespace is not ("Pamps.Tests.Rules" or "Pamps.Tests.Plans")
        && !test.GetCustomAttributes<TraitAttribute>()
            .Concat(test.ReflectedType.GetCustomAttributes<TraitAttribute>())
            .Any(x => x is { Name: "Needs", Value: "own process" });
}

/// <summary>Runs a theory once on each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([.. Databases.Of(testMethod).Select(x => new TheoryDataRow<Database>(x))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>Runs a theory once for each way from one database to one of the same product or the other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FromEachToEachAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) =>
        new([
            .. from source in Databases.Tested
            from target in Databases.Tested
            select new TheoryDataRow<Database, Database>(source, target),
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
