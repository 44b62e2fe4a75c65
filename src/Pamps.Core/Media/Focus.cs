using System.Globalization;
using Pamps.Core.Results;

namespace Pamps.Core.Media;

/// <summary>The point of a picture that stays when it is cropped, in thousandths from the middle.</summary>
internal readonly record struct Focus(short X, short Y)
{
    private static readonly Error Wrong = Error.Invalid(
        "focus",
        "not_a_focus",
        "focus is two numbers from -1 to 1 with a comma between them, such as 0.25,-0.5."
    );

    /// <summary>What the words mean; the middle where there are none.</summary>
    public static Result<Focus> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Focus(0, 0);
        }
        return text.Split(',') is [var x, var y] && Read(x) is { } left && Read(y) is { } up
            ? new Focus(left, up)
            : Wrong;
    }

    private static short? Read(string text) =>
        decimal.TryParse(
            text.Trim(),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var value
        ) && value is >= -1 and <= 1
            ? (short)decimal.Round(value * 1000)
            : null;
}
