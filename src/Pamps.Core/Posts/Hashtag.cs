using Pamps.Core.Text;

namespace Pamps.Core.Posts;

/// <summary>A row of the table <c>hashtag</c>: a post carries a tag.</summary>
internal sealed class Hashtag
{
    /// <summary>A longer word after the sign is no tag.</summary>
    public const int MaxLength = TagName.MaxLength;

    /// <summary>The tag as it is compared: NFC, lower case, without its sign.</summary>
    public required string Tag { get; set; }
    public long PostId { get; set; }
}
