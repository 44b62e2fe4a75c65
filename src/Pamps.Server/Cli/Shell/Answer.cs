using System.Collections;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Server.Cli.Shell;

/// <summary>What an operation answered, without what it is wrapped in.</summary>
/// <param name="Value">A value, or the items of a page.</param>
/// <param name="Refusal">Why there is none; null when there is.</param>
/// <param name="Next">How the page goes on, in words to type; null when it does not.</param>
internal sealed record Answer(object? Value, string? Refusal = null, string? Next = null)
{
    public static Answer Of(object? value)
    {
        if (value?.GetType() is not { IsGenericType: true } type)
        {
            return new Answer(value is Done ? "done" : value);
        }
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(Result<>))
        {
            return type.GetProperty(nameof(Result<>.Error))!.GetValue(value) is Error error
                ? new Answer(null, Refusal: error.Message)
                : Of(type.GetProperty(nameof(Result<>.Value))!.GetValue(value));
        }
        if (definition == typeof(Page<>))
        {
            var items = (IEnumerable)type.GetProperty(nameof(Page<>.Items))!.GetValue(value)!;
            return new Answer(
                items,
                Next: (type.GetProperty(nameof(Page<>.Next))!.GetValue(value) as PageRequest) switch
                {
                    null => null,
                    { Before: { } before } => $"before: {before}",
                    var next => $"after: {next.After}",
                }
            );
        }
        return new Answer(value);
    }
}
