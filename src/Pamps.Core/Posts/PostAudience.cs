using Pamps.Core.Databases;

namespace Pamps.Core.Posts;

/// <summary>To whom a post is addressed that not everybody may see: whom it names, and whose post it answers.</summary>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Ids">To whom, each once; of a direct post its author, too.</param>
internal sealed record PostAudience(Visibility Visibility, IReadOnlyCollection<long> Ids)
{
    /// <summary>Who hears of it: null when that is who follows its author.</summary>
    public IReadOnlyCollection<long>? Told => Visibility == Visibility.Direct ? Ids : null;

    public static PostAudience Of(
        Visibility visibility,
        long authorId,
        IReadOnlyCollection<long> mentionedIds,
        long? answeredId
    )
    {
        if (PostSql.IsForAll(visibility))
        {
            return new(visibility, []);
        }
        var ids = new HashSet<long>(mentionedIds);
        if (answeredId is { } id)
        {
            ids.Add(id);
        }
        if (visibility == Visibility.Direct)
        {
            ids.Add(authorId);
        }
        else
        {
            ids.Remove(authorId);
        }
        return new(visibility, ids);
    }

    /// <summary>The statements that make the rows of a new post.</summary>
    public IEnumerable<Statement> NewRows(long postId) =>
        Ids.Order()
            .Select(x => new Statement(
                "INSERT INTO audience (post_id, user_id, direct) VALUES (@post_id, @user_id, @direct)",
                ("post_id", postId),
                ("user_id", x),
                ("direct", Visibility == Visibility.Direct)
            ));

    /// <summary>The statement that takes away the rows of a post.</summary>
    public static Statement WithoutRows(long postId) =>
        new("DELETE FROM audience WHERE post_id = @post_id", ("post_id", postId));
}
