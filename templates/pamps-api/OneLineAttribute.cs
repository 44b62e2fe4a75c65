using System.ComponentModel.DataAnnotations;

namespace Template._1;

/// <summary>Text without control characters, some of which a database cannot keep.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class OneLineAttribute() : ValidationAttribute("The field {0} must be one line of text.")
{
    public override bool IsValid(object? value) => value is not string text || !text.Any(char.IsControl);
}
