using Pamps.Core.Posts;

namespace Pamps.Pages.Html;

/// <summary>A post in a line, also where it has no text.</summary>
internal static class PostSummary
{
    /// <summary>What a post says that nobody described in words, in any language.</summary>
    private const string Picture = "🖼️";

    /// <summary>The first line, at most so many code points long.</summary>
    public static string TitleOf(PostView post, int length) => WordsOf(post).FirstLine(length);

    /// <summary>All of it in one line, at most so many code points long.</summary>
    public static string LineOf(PostView post, int length) => WordsOf(post).ToLine(length);

    private static string WordsOf(PostView post) =>
        post.Text.Length > 0 ? post.Text
        : post.Media.Read().Select(x => x.Description).FirstOrDefault(x => x is not null) is { } description
            ? description
        : Picture;
}
