using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace Pamps.Server.Cli.Shell;

/// <summary>Writes one value on one line, as C# would where it can.</summary>
internal static class ValueText
{
    private const int MostInline = 10;
    private const string Instant = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";

    public static string Of(object? value, bool nested = false) =>
        value switch
        {
            null => "null",
            DateTime or DateTimeOffset => ((IFormattable)value).ToString(
                Instant,
                CultureInfo.InvariantCulture
            ),
            Enum => value.ToString()!,
            _ when SymbolDisplay.FormatPrimitive(value, quoteStrings: true, false) is { } literal => literal,
            Type type => type.ToString(),
            _ when HasOwnText(value.GetType()) => Text(value),
            IEnumerable items => Inline(items),
            _ when nested => NameOf(value.GetType()),
            _ => Members(value),
        };

    /// <summary>Whether a value of this type is one word or number rather than an object with parts.</summary>
    public static bool IsPlain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive
            || type.IsEnum
            || type == typeof(string)
            || type == typeof(Uri)
            || (type.IsValueType && type.IsAssignableTo(typeof(IFormattable)));
    }

    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(one => one.CanRead && one.GetIndexParameters().Length == 0),
        ];

    public static string Read(PropertyInfo property, object owner)
    {
        try
        {
            return Of(property.GetValue(owner), nested: true);
        }
        catch (TargetInvocationException thrown)
        {
            return $"<{thrown.InnerException?.GetType().Name}>";
        }
    }

    private static bool HasOwnText(Type type)
    {
        var declaring = type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType;
        return declaring != typeof(object) && declaring != typeof(ValueType);
    }

    private static string Text(object value) =>
        (value is IFormattable text ? text.ToString(null, CultureInfo.InvariantCulture) : value.ToString())
        ?? "null";

    private static string Inline(IEnumerable items)
    {
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (texts.Count == MostInline)
            {
                texts.Add("…");
                break;
            }

            texts.Add(Of(item, nested: true));
        }

        return $"[{string.Join(", ", texts)}]";
    }

    private static string Members(object value)
    {
        var type = value.GetType();
        var parts = PropertiesOf(type).Select(one => $"{one.Name} = {Read(one, value)}").ToList();
        return parts.Count == 0 ? NameOf(type) : $"{NameOf(type)} {{ {string.Join(", ", parts)} }}";
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0];
}
