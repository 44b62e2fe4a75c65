using System.Reflection;
using Pamps.Core;
using Pamps.Operations.Maintenance;

namespace Pamps.Tests.Rules;

/// <summary>What of Core the doors can see.</summary>
public sealed class FenceTests
{
    private static readonly Assembly[] Rules = [typeof(Viewer).Assembly, typeof(Schema).Assembly];

    [Fact]
    public Task What_takes_time_can_be_cancelled()
    {
        var slow = Rules
            .SelectMany(x => x.GetExportedTypes())
            .SelectMany(x =>
                x.GetMethods(
                    BindingFlags.Public
                        | BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.DeclaredOnly
                )
            )
            .Where(x => IsSlow(x.ReturnType) && x.Name != nameof(IAsyncDisposable.DisposeAsync))
            .ToList();
        Assert.NotEmpty(slow);
        Assert.All(slow, x =>
            Assert.True(
                x.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken)),
                $"{x.DeclaringType}.{x.Name} takes no CancellationToken"
            )
        );
        return Task.CompletedTask;
    }

    private static bool IsSlow(Type type) =>
        type == typeof(Task)
        || type == typeof(ValueTask)
        || (
            type.IsGenericType
            && new[] { typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>) }.Contains(
                type.GetGenericTypeDefinition()
            )
        );
}
