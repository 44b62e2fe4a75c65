namespace Pamps.Core.Text;

/// <summary>Reads the HTML of posts that were written elsewhere.</summary>
public interface IHtmlText
{
    /// <summary>
    /// The text as people saw it: paragraphs with an empty line between them, addresses of links in full, and people who are named with
    /// the host that they are at. Nothing in it is run or loaded.
    /// </summary>
    /// <exception cref="FormatException">It has far more in it than a post has.</exception>
    string ToText(string html);
}
