namespace Pamps.Core.Results;

/// <summary>Collects what is wrong with an input, field by field, so that a person is told all of it at once.</summary>
internal sealed class FieldErrors
{
    private Dictionary<string, string[]>? fields;

    /// <summary>Takes the value of a rule's result, or notes its message under the field and gives the default.</summary>
    public T? Take<T>(string field, Result<T> result)
    {
        if (!result.IsRefused(out var error))
        {
            return result.Value;
        }
        Add(field, error.Message);
        return default;
    }

    public void Add(string field, string message) => (fields ??= [])[field] = [message];

    public bool Any(out Error error)
    {
        error = fields is null
            ? null!
            : new Error(
                ErrorKind.Invalid,
                "invalid",
                string.Join(" ", fields.Values.SelectMany(x => x)),
                fields
            );
        return fields is not null;
    }
}
