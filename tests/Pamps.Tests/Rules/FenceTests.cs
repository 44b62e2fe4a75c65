using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

/// <summary>What of Core the doors can see.</summary>
public sealed class FenceTests
{
    private const BindingFlags Own =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Rules = [typeof(PampsDb).Assembly, typeof(Schema).Assembly];

    [Fact]
    public async Task No_door_can_see_an_entity()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        await using var db = await pamps
            .Services.GetRequiredService<IDbContextFactory<PampsDb>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        var entities = db.Model.GetEntityTypes().Select(x => x.ClrType).ToHashSet();
        Assert.NotEmpty(entities);
        Assert.All(entities, x => Assert.False(x.IsVisible, x.Name));
        foreach (var type in Rules.SelectMany(x => x.GetExportedTypes()))
        {
            foreach (var (member, mentioned) in Mentions(type))
            {
                Assert.False(entities.Contains(mentioned), $"{type}.{member} shows {mentioned}");
            }
        }
    }

    [Fact]
    public Task The_database_is_hollow_from_outside()
    {
        var members = typeof(PampsDb)
            .GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            .Where(x => x is not ConstructorInfo);
        Assert.Empty(members);
        return Task.CompletedTask;
    }

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
        Assert.All(
            slow,
            x =>
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

    private static IEnumerable<(string Member, Type Mentioned)> Mentions(Type type)
    {
        var bases = type.GetInterfaces().Append(type.BaseType);
        foreach (var mentioned in bases.OfType<Type>().SelectMany(Flatten))
        {
            yield return ("its bases", mentioned);
        }
        foreach (
            var field in type.GetFields(Own).Where(x => x.IsPublic || x.IsFamily || x.IsFamilyOrAssembly)
        )
        {
            foreach (var mentioned in Flatten(field.FieldType))
            {
                yield return (field.Name, mentioned);
            }
        }
        // Properties and events show themselves as methods.
        foreach (
            var method in type.GetMembers(Own)
                .OfType<MethodBase>()
                .Where(x => x.IsPublic || x.IsFamily || x.IsFamilyOrAssembly)
        )
        {
            var types = method.GetParameters().Select(x => x.ParameterType);
            if (method is MethodInfo { ReturnType: var answer } info)
            {
                types = types
                    .Append(answer)
                    .Concat(info.GetGenericArguments().SelectMany(x => x.GetGenericParameterConstraints()));
            }
            foreach (var mentioned in types.SelectMany(Flatten))
            {
                yield return (method.Name, mentioned);
            }
        }
    }

    private static IEnumerable<Type> Flatten(Type type) =>
        type.HasElementType ? Flatten(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Flatten).Append(type)
        : [type];
}
