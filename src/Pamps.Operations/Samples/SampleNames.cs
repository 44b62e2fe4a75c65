using Pamps.Core;
using Pamps.Core.Users;

namespace Pamps.Operations.Samples;

/// <summary>Which language everybody speaks, and a user name that goes with it.</summary>
internal static class SampleNames
{
    /// <summary>The language of a user, as a number in <see cref="SamplePhrases.All"/>.</summary>
    public static int Language(int user, SampleSize size)
    {
        var place = new SampleRandom(size.Seed, Chance.Language, user).Unit();
        var language = 0;
        while (language < SamplePhrases.All.Length - 1 && place >= SamplePhrases.All[language].UpTo)
        {
            language++;
        }
        return language;
    }

    /// <summary>A name for everybody, no two alike in whatever case. Kept, for posts mention them.</summary>
    public static string[] Make(SampleSize size)
    {
        var names = new string[size.Users];
        var keys = new HashSet<string>(size.Users);
        for (var user = 0; user < names.Length; user++)
        {
            var random = new SampleRandom(size.Seed, Chance.Name, user);
            var list = SampleNameLists.All[Language(user, size)];
            // As out in the world, who comes late finds the plain names taken, and adds a number.
            var digits = 0;
            string name;
            do
            {
                name = Make(ref random, list, digits++);
            } while (IsReserved(Names.Key(name)) || !keys.Add(Names.Key(name)));
            names[user] = name;
        }
        return names;
    }

    private static bool IsReserved(string key) =>
        Names.Reserved.Contains(key) || Names.Official.Contains(key);

    private static string Make(ref SampleRandom random, (string[] First, string[] Last) list, int digits)
    {
        var first = random.Pick(list.First);
        var last = random.Pick(list.Last);
        var name = random.Below(8) switch
        {
            0 => first + last,
            1 => Capital(first) + Capital(last),
            2 => $"{first[0]}_{last}",
            3 => $"{last}_{first}",
            4 when digits > 0 => first,
            _ => $"{first}_{last}",
        };
        if (digits == 0 && random.Happens(0.7))
        {
            return name;
        }
        var end = (int)Math.Pow(10, Math.Clamp(digits, 2, 6));
        return $"{name}{1 + random.Below(end - 1)}";
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
