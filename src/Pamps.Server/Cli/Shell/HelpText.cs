using System.Reflection;

namespace Pamps.Server.Cli.Shell;

/// <summary>What <c>help</c> and <c>help NAME</c> print.</summary>
internal sealed class HelpText(Type globals, IReadOnlyDictionary<string, string> autoImports)
{
    private const string Word = "help";

    /// <summary>Prints help where a line asks for it.</summary>
    /// <returns>Whether it does.</returns>
    public bool TryAnswer(string line)
    {
        if (!Asks(line))
        {
            return false;
        }
        var name = line.Trim()[Word.Length..].Trim();
        if (name.Length == 0)
        {
            WriteAll();
        }
        else
        {
            WriteOne(name);
        }
        return true;
    }

    public static bool Asks(string line) =>
        line.Trim() is Word || line.TrimStart().StartsWith(Word + " ", StringComparison.Ordinal);

    private void WriteAll()
    {
        var width = autoImports.Keys.Select(name => name.Length).DefaultIfEmpty().Max();
        foreach (var (name, description) in autoImports)
        {
            Console.WriteLine($"  {name.PadRight(width)}  {description}");
        }

        var example = autoImports.Keys.FirstOrDefault() ?? "1 + 1";
        Console.WriteLine(
            $"""

            Any C# works, await too. A line without a semicolon shows its value:
              >>> {example}
            help NAME shows what NAME takes, with an example. Alt+Enter begins a new line, Ctrl+C cancels, exit or Ctrl+D ends.
            """
        );
    }

    private void WriteOne(string name)
    {
        var own = globals.GetMethods().Where(x => x.Name == name && !x.IsSpecialName).ToList();
        var operation = globals.GetProperty(name)?.PropertyType;
        var methods = own.Concat(
                operation
                    ?.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(x => !x.IsSpecialName)
                    ?? []
            )
            .ToList();
        if (autoImports.TryGetValue(name, out var description) && (own.Count > 0 || methods.Count == 0))
        {
            Console.WriteLine(description);
        }
        else if (methods.Count == 0)
        {
            Report.WriteError($"There is no {name} here; help lists what there is.");
        }
        foreach (var method in methods)
        {
            var call = own.Contains(method) ? name : $"{name}.{method.Name}";
            Console.WriteLine($"{call}({string.Join(", ", method.GetParameters().Select(Describe))})");
            foreach (var made in method.GetParameters().Select(x => x.ParameterType).Where(IsMade))
            {
                var parts = Constructor(made).GetParameters().Select(Describe);
                Console.WriteLine($"  new {made.Name}({string.Join(", ", parts)})");
            }
            Console.WriteLine($"  >>> await {call}({Arguments(method)})");
        }
    }

    private static string Describe(ParameterInfo parameter) =>
        $"{NameOf(parameter.ParameterType)}{(MayBeNull(parameter) && !IsNullable(parameter) ? "?" : "")} {parameter.Name}";

    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? NameOf(inner) + "?"
        : type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.String => "string",
            TypeCode.Boolean => "bool",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            _ => type.Name,
        };

    private static string Arguments(MethodBase method) =>
        string.Join(", ", method.GetParameters().Where(x => !x.HasDefaultValue).Select(Argument));

    private static string Argument(ParameterInfo parameter) =>
        parameter.ParameterType switch
        {
            var type when type == typeof(CancellationToken) => "ct",
            { Name: "Viewer" } => "me",
            { Name: "PageRequest" } => "new PageRequest()",
            var type when type == typeof(string) => parameter.Name!.ToLowerInvariant() switch
            {
                "email" => "\"ana@example.org\"",
                "text" => "\"Good morning!\"",
                "query" => "\"morning\"",
                "sql" => "\"SELECT username FROM \\\"user\\\"\"",
                var name when name.Contains("password", StringComparison.Ordinal) => "\"a long password\"",
                _ => "\"ana\"",
            },
            _ when MayBeNull(parameter) => "null",
            var type when type == typeof(bool) => "true",
            { IsPrimitive: true } => "20",
            var type when IsMade(type) => $"new {type.Name}({Arguments(Constructor(type))})",
            _ => "default",
        };

    /// <summary>Whether it is a record whose parts somebody has to know.</summary>
    private static bool IsMade(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && type.Name is not ("Viewer" or "IdempotencyKey")
        && type.Namespace?.StartsWith("Pamps.", StringComparison.Ordinal) is true
        && type.GetConstructors().Length > 0;

    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().OrderByDescending(x => x.GetParameters().Length).First();

    private static bool IsNullable(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null;

    private static bool MayBeNull(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
