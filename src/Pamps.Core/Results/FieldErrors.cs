namespace Pamps.Core.Results;

/// <summary>Collects what is wrong with an input, field by field, so that a person is told all of it at once.</summary>
internal sealed class FieldErrors
{
    private Dictionary<string, FieldError>? fields;

    /// <summary>Takes the value of a rule's result, or notes what is wrong with the field and gives the default.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="result">What a rule for this one field, under this name, answered.</param>
    public T? Take<T>(string field, Result<T> result)
    {
        if (!result.IsRefused(out var error))
        {
            return result.Value;
        }
        Add(field, error.Fields![field]);
        return default;
    }

    public void Add(string field, FieldError error) => (fields ??= [])[field] = error;

    public bool Any(out Error error)
    {
        error = fields is null ? null! : Error.Invalid(fields);
        return fields is not null;
    }
}
