using System.Globalization;
using System.Text;
using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>Writes posts. Their pieces give some billions of different texts in the commoner languages.</summary>
internal sealed class SampleTexts(int maxLength)
{
    /// <summary>No post is longer, even where the settings allow more.</summary>
    private const int Longest = 500;

    private readonly int limit = Math.Min(maxLength, Longest);
    private readonly StringBuilder text = new();

    /// <summary>A post that replies to none.</summary>
    public string Post(ref SampleRandom random, int language, string acquaintance)
    {
        var phrases = SamplePhrases.All[language];
        text.Clear();
        var kind = random.Unit();
        if (kind < 0.06)
        {
            Add(phrases, random.Pick(phrases.Remarks));
        }
        else if (kind < 0.2)
        {
            Add(phrases, random.Pick(phrases.Questions));
            if (random.Happens(0.6))
            {
                AddStory(ref random, phrases);
            }
        }
        else if (kind < 0.3)
        {
            AddList(ref random, phrases);
        }
        else
        {
            // Some have a long story to tell.
            var stories = kind switch
            {
                < 0.75 => 1,
                < 0.95 => 2,
                _ => 3 + random.Below(5),
            };
            for (var i = 0; i < stories; i++)
            {
                AddStory(ref random, phrases);
                if (i % 3 == 2)
                {
                    text.Append("\n\n");
                }
            }
        }
        if (random.Happens(0.1))
        {
            Add(phrases, $"@{acquaintance}");
        }
        if (random.Happens(0.35))
        {
            Add(phrases, random.Pick(SamplePhrases.Emoji));
        }
        AddTags(ref random, phrases);
        if (random.Happens(0.05))
        {
            text.Append(CultureInfo.InvariantCulture, $" https://example.org/{random.Below(10_000)}");
        }
        return Finish();
    }

    /// <summary>A reply to somebody.</summary>
    public string Reply(ref SampleRandom random, int language, string whom)
    {
        var phrases = SamplePhrases.All[language];
        text.Clear();
        if (random.Happens(0.6))
        {
            text.Append('@').Append(whom).Append(' ');
        }
        text.Append(random.Pick(phrases.Answers));
        if (random.Happens(0.5))
        {
            Add(phrases, random.Pick(phrases.Remarks));
        }
        if (random.Happens(0.55))
        {
            AddStory(ref random, phrases);
        }
        if (random.Happens(0.3))
        {
            Add(phrases, random.Pick(SamplePhrases.Emoji));
        }
        return Finish();
    }

    private void AddStory(ref SampleRandom random, SamplePhrases phrases)
    {
        Add(phrases, "");
        var deed = random.Pick(phrases.What);
        var number = 2 + random.Below(48);
        var mark = deed.IndexOf('#', StringComparison.Ordinal);
        text.AppendFormat(
            CultureInfo.InvariantCulture,
            phrases.Sentence,
            random.Pick(phrases.When),
            mark < 0
                ? deed
                : string.Create(CultureInfo.InvariantCulture, $"{deed[..mark]}{number}{deed[(mark + 1)..]}"),
            random.Pick(phrases.Where)
        );
        if (random.Happens(0.55))
        {
            Add(phrases, random.Pick(phrases.Remarks));
        }
    }

    private void AddList(ref SampleRandom random, SamplePhrases phrases)
    {
        Add(phrases, random.Pick(phrases.Headings));
        var first = random.Below(phrases.Things.Length);
        for (var i = 2 + random.Below(3); i > 0; i--)
        {
            // Steps that never lead back to a thing which the list has.
            first = (first + 1 + random.Below(phrases.Things.Length / 5)) % phrases.Things.Length;
            text.Append("\n- ").Append(phrases.Things[first]);
        }
        if (random.Happens(0.5))
        {
            text.Append('\n').Append(random.Pick(phrases.Remarks));
        }
    }

    private void AddTags(ref SampleRandom random, SamplePhrases phrases)
    {
        var first = random.Below(phrases.Tags.Length);
        for (var i = 0; i < 3 && random.Happens(0.3); i++)
        {
            text.Append(" #").Append(phrases.Tags[(first + i) % phrases.Tags.Length]);
        }
    }

    private void Add(SamplePhrases phrases, string piece)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append(piece.StartsWith('@') ? " " : phrases.Gap);
        }
        text.Append(piece);
    }

    /// <summary>Cuts at a code point where the settings want posts short; what is left has no space at its end.</summary>
    private string Finish()
    {
        var left = limit;
        var end = 0;
        foreach (var chunk in text.GetChunks())
        {
            foreach (var unit in chunk.Span)
            {
                // The second half of a code point comes along with the first.
                if (!char.IsLowSurrogate(unit) && left-- == 0)
                {
                    return text.ToString(0, end).Trim();
                }
                end++;
            }
        }
        return text.ToString().Trim();
    }
}
