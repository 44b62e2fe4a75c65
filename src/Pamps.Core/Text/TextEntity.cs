namespace Pamps.Core.Text;

/// <summary>What a piece of a text can be.</summary>
public enum EntityKind
{
    /// <summary><c>@name</c>.</summary>
    Mention,

    /// <summary><c>#tag</c>.</summary>
    Hashtag,

    /// <summary>An http or https address.</summary>
    Url,
}

/// <summary>A piece of a text that names something.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Start">Where it begins, sign included: the number of code points before it.</param>
/// <param name="Length">How many code points it has, sign included.</param>
/// <param name="Name">
/// The user name as written, the tag as <see cref="TagName"/> compares it, or the address as written.
/// </param>
public readonly record struct TextEntity(EntityKind Kind, int Start, int Length, string Name);
