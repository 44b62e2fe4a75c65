using Pamps.Core.Databases;
using Pamps.Core.Media;

namespace Pamps.Operations.Media;

/// <summary>The names of files in the database, of a folder at a time: memory holds a 256th of them.</summary>
internal static class MediaNames
{
    private const string OfPictures = """
        SELECT m.file FROM media m WHERE m.file >= @from AND m.file < @to
        UNION SELECT m.preview FROM media m WHERE m.preview >= @from AND m.preview < @to
        UNION SELECT ca.picture FROM card ca WHERE ca.picture >= @from AND ca.picture < @to
        """;

    /// <summary>The files that some picture needs.</summary>
    public static Statement Needed(string folder) => Of(OfPictures, folder);

    /// <summary>The files that the database knows of, with those that are about to go.</summary>
    public static Statement Known(string folder) =>
        Of(
            $"{OfPictures}\nUNION SELECT f.name FROM media_file f WHERE f.name >= @from AND f.name < @to",
            folder
        );

    private static Statement Of(string sql, string folder)
    {
        var next = Convert.ToInt32(folder, fromBase: 16) + 1;
        // Letters and digits alone have the same order in every language.
        var to = next < MediaFileName.Folders.Count ? MediaFileName.Folders[next] : "g";
        return new Statement(sql, ("from", folder), ("to", to));
    }
}
