using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>A yes or no in a query, in the words that the workshop's framework took.</summary>
internal static class Flag
{
    public static bool IsSet(string? text) =>
        text?.ToLowerInvariant() is "true" or "1" or "yes" or "on" or "t" or "y";

    /// <summary>What is wrong with the parameter of that name, or null.</summary>
    public static IReadOnlyDictionary<string, FieldError>? Check(string name, string? text) =>
        IsSet(text) || text?.ToLowerInvariant() is null or "false" or "0" or "no" or "off" or "f" or "n"
            ? null
            : new Dictionary<string, FieldError>
            {
                [name] = new("not_true_or_false", $"{name} is true or false."),
            };
}
