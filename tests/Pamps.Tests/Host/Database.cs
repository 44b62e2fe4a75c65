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
}

/// <summary>Runs a theory once on each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([.. Databases.Tested.Select(x => new TheoryDataRow<Database>(x))]);

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
