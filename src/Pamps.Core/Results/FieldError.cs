namespace Pamps.Core.Results;

/// <summary>What is wrong with one field of an input.</summary>
/// <param name="Code">A stable word for programs, such as <c>too_long</c>.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Least">The smallest number, or the fewest characters, where the sentence names one.</param>
/// <param name="Most">The largest number, or the most characters, where the sentence names one.</param>
public sealed record FieldError(string Code, string Message, long? Least = null, long? Most = null);
