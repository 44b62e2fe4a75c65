using Pamps.Core;
using Pamps.Operations.Samples.Languages;

namespace Pamps.Operations.Samples;

/// <summary>
/// Pieces of one language that fit together in any choice: a time, a deed and a place make a sentence; the rest are
/// sentences of their own. All in Unicode's normal form C, and no piece begins with a combining mark.
/// </summary>
/// <param name="UpTo">The share of people who speak this language or one before it.</param>
/// <param name="Sentence">How a time, a deed and a place make a sentence.</param>
/// <param name="Gap">What stands between sentences.</param>
internal sealed record SamplePhrases(double UpTo, string Sentence, string Gap)
{
    public required string[] When { get; init; }

    /// <summary>Deeds; a # becomes a number.</summary>
    public required string[] What { get; init; }
    public required string[] Where { get; init; }
    public required string[] Remarks { get; init; }
    public required string[] Questions { get; init; }
    public required string[] Answers { get; init; }

    /// <summary>What lists are headed by, and the things on them.</summary>
    public required string[] Headings { get; init; }
    public required string[] Things { get; init; }
    public required string[] Tags { get; init; }
    public required string[] Bios { get; init; }

    public static readonly string[] Emoji =
    [
        "☕",
        "🌞",
        "🌧️",
        "🎶",
        "📚",
        "🚲",
        "🐈",
        "🐶",
        "🍞",
        "🥭",
        "🌻",
        "😄",
        "😂",
        "🥰",
        "🙌",
        "✨",
        "🎉",
        "🍀",
        "👩🏽‍🍳",
        "🧶",
        "⚽",
        "🌙",
        "🏡",
        "🤔",
    ];

    public static readonly SamplePhrases[] All =
    [
        Phrases.Portuguese,
        Phrases.English,
        Phrases.Spanish,
        Phrases.French,
        Phrases.German,
        Phrases.Japanese,
        Phrases.Arabic,
        Phrases.Hindi,
    ];
}
