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

/// <summary>Runs a theory once on each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([.. Enum.GetValues<Database>().Select(x => new TheoryDataRow<Database>(x))]);

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
            .. from source in Enum.GetValues<Database>()
            from target in Enum.GetValues<Database>()
            select new TheoryDataRow<Database, Database>(source, target),
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
