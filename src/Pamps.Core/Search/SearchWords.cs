using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Search;

/// <summary>Keeps the words by which posts and users are found, in the transaction that writes them.</summary>
internal sealed class SearchWords : IProjection
{
    /// <inheritdoc/>
    public void Apply(DomainEvent happened, Write write)
    {
        switch (happened)
        {
            case PostWritten post:
                write.Then(OfPost(write.Dialect, post.PostId, post.Words, isNew: true));
                break;
            case PostEdited post:
                write.Then(OfPost(write.Dialect, post.PostId, post.Words, isNew: false));
                break;
            case AccountMade user:
                write.Then(OfUser(write.Dialect, user.UserId, user.Words, isNew: true));
                break;
            case ProfileEdited user:
                write.Then(OfUser(write.Dialect, user.UserId, user.Words, isNew: false));
                break;
            case AccountDeleted user:
                write.Then(
                    new Statement(
                        $"DELETE FROM user_search WHERE {write.Dialect.WordsKey} = @id",
                        ("id", user.UserId)
                    )
                );
                break;
        }
    }

    /// <summary>The statement that puts a post's words into the index, or replaces them. They go with the post's row.</summary>
    public static Statement OfPost(Dialect dialect, long id, IndexedWords words, bool isNew) =>
        dialect.PutWords("post_search", id, words, isNew);

    /// <summary>The statement that puts a user's names and bio into the index, or replaces them. They go with the user's row.</summary>
    public static Statement OfUser(Dialect dialect, long id, IndexedWords words, bool isNew) =>
        dialect.PutWords("user_search", id, words, isNew);
}
