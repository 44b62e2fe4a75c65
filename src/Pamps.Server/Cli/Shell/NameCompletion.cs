using System.Reflection;

namespace Pamps.Server.Cli.Shell;

/// <summary>What a name that was begun can become: what is there by name, variables, and what they have.</summary>
/// <param name="globals">The type whose members are in scope by name.</param>
/// <param name="variables">The variables that were made so far, with their types.</param>
internal sealed class NameCompletion(Type globals, Func<IEnumerable<(string Name, Type Type)>> variables)
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>The part of a name that stands before the cursor, and the names that begin with it.</summary>
    public (string Begun, IReadOnlyList<string> Names) At(string before)
    {
        var start = before.Length;
        while (start > 0 && (IsPart(before[start - 1]) || before[start - 1] == '.'))
        {
            start--;
        }
        string[] path = before[start..].Split('.');
        var begun = path[^1];
        var names =
            path.Length == 1 ? MembersOf(globals).Concat(variables().Select(x => x.Name)).Append("help")
            : path[..^1].Aggregate((Type?)null, Step) is { } owner ? MembersOf(owner)
            : [];
        return (
            begun,
            [
                .. names
                    .Where(x => x.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>What several names have in common at their beginning.</summary>
    public static string CommonBeginning(IReadOnlyList<string> names) =>
        names.Aggregate((x, y) => x[..x.Zip(y).TakeWhile(pair => pair.First == pair.Second).Count()]);

    private Type? Step(Type? owner, string name) =>
        owner is not null
            ? owner.GetProperty(name, Own)?.PropertyType
            : variables().FirstOrDefault(x => x.Name == name).Type
                ?? globals.GetProperty(name, Own)?.PropertyType;

    private static IEnumerable<string> MembersOf(Type type) =>
        type.GetMembers(Own)
            .Where(x => x is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Where(x => x.DeclaringType != typeof(object))
            .Select(x => x.Name)
            .Where(x => x.All(IsPart));

    private static bool IsPart(char one) => char.IsLetterOrDigit(one) || one == '_';
}
