namespace Pamps.Api.Http;

/// <summary>A yes or no in a query, in the words that the workshop's framework took.</summary>
internal readonly record struct Flag(string? Text) : ICheckedInput
{
    public bool IsSet => Text is "true" or "1" or "yes" or "on" or "t" or "y";

    public IReadOnlyDictionary<string, string[]>? Wrong =>
        IsSet || Text is null or "false" or "0" or "no" or "off" or "f" or "n"
            ? null
            : new Dictionary<string, string[]>
            {
                ["include_replies"] = ["include_replies is true or false."],
            };

    public static bool TryParse(string? text, out Flag flag)
    {
        flag = new Flag(text?.ToLowerInvariant());
        return true;
    }
}
