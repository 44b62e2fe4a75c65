using System.Globalization;
using Pamps.Core;
using Pamps.Core.Filters;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Operations.Imports;

namespace Pamps.Operations.Archives;

/// <summary>What an item of an archive must be like: what the operations would ask of it, and that it is of the past.</summary>
/// <param name="owner">The user name that the archive is of.</param>
/// <param name="now">The time.</param>
/// <param name="maxLength">The most characters of a post.</param>
/// <param name="hasPicture">Whether the file of a picture is in the archive.</param>
internal sealed class ArchiveRules(string owner, DateTime now, int maxLength, Func<string, bool> hasPicture)
{
    /// <summary>How far the clock of the server that made the archive may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private readonly DateTime latest = now + Ahead;
    private readonly string me = Urn.OfUser(owner);
    private long last;

    /// <summary>Begins a file: ids grow within each.</summary>
    public void Begin() => last = 0;

    public ArchivedPerson Read(PersonJson json)
    {
        Expect(json.Type == "Person" && json.Id == me && json.PreferredUsername == owner, "of the person");
        // An address that was good where the archive comes from, or before, is left out: it is not worth the account.
        var avatar = Profiles.CheckAvatar(json.Icon?.Url);
        return new ArchivedPerson(
            Value(Names.CheckUsername(owner)),
            Value(Names.CheckEmail(json.Email)),
            Value(Profiles.CheckBio(json.Summary)),
            // Who has no other is called by the user name.
            json.Name == owner
                ? null
                : Value(Profiles.CheckDisplayName(json.Name)),
            avatar.IsRefused(out _) ? null : avatar.Value,
            Value(
                ProfileField.Check(json.Attachment?.Select(x => new GivenField(x.Name, x.Value)).ToArray())
            ),
            Read(json.Filters ?? []),
            Date(json.Published)
        );
    }

    private static List<ArchivedFilter> Read(IReadOnlyList<FilterJson?> filters)
    {
        Expect(filters.Count <= EditFilters.Most, "of so many filters as one may have");
        var read = filters.Select(Read).ToList();
        Expect(
            read.Sum(x => x.Change.Keywords!.Count) <= EditFilters.MostKeywords,
            "of so many keywords as one may have"
        );
        return read;
    }

    private static ArchivedFilter Read(FilterJson? json)
    {
        var end = json?.ExpiresAt;
        Expect(end is null or { Kind: DateTimeKind.Utc }, "dated in UTC");
        return new ArchivedFilter(
            Value(
                FilterChange.Of(
                    new FilterEdit
                    {
                        Title = json?.Title,
                        Context = new(true, json?.Context),
                        Action = json?.FilterAction,
                        Keywords = new(
                            true,
                            json?.Keywords?.Select(x => new GivenKeyword(x?.Keyword, x?.WholeWord ?? true))
                                .ToArray()
                        ),
                    },
                    isNew: true
                )
            ),
            end?.AddTicks(-(end.Value.Ticks % TimeSpan.TicksPerMicrosecond))
        );
    }

    public ArchivedPost Read(CreateJson json)
    {
        Expect(json is { Type: "Create", Object.Type: "Note" }, "a Create of a Note");
        var note = json.Object;
        Expect(json.Actor == me && note.AttributedTo == me, "of the archive's person");
        Expect(note.MediaType == "text/plain", "of the media type text/plain");
        var pictures = (note.Attachment ?? []).Select(x => Read(x)).ToList();
        var alone = TextAloneOf(note);
        var post = new ArchivedPost(
            Next(note.Id, "post"),
            string.IsNullOrWhiteSpace(note.Content) && pictures.Exists(x => x.File is not null) ? "" : alone,
            alone,
            Date(note.Published),
            note.Updated is { } updated ? Date(updated) : null,
            note.InReplyTo is { } parent ? Name(parent) : null,
            ArchiveJson.VisibilityOf(note.Visibility) ?? Visibility.Direct,
            note.Sensitive == true,
            pictures
        );
        Expect(ArchiveJson.VisibilityOf(note.Visibility) is not null, "of a visibility that is known");
        Expect(post.Parent?.Id != post.Id, "a reply to another post");
        return post;
    }

    private ArchivedPicture Read(PictureJson? json) =>
        new(
            AccountManifest.PictureAt(json?.Url) is { } name && hasPicture(name) ? name : null,
            json?.Name,
            json?.FocalPoint is { } point ? string.Join(',', point.Select(Text)) : null
        );

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text, and where the pictures are all there is what they were said to show.</summary>
    private string TextAloneOf(NoteJson note)
    {
        if (note.Attachment is not { Count: > 0 } pictures || !string.IsNullOrWhiteSpace(note.Content))
        {
            return Value(PlainText.Normalize("content", note.Content, 1, maxLength));
        }
        var said = string.Join('\n', pictures.Select(x => x?.Name).OfType<string>());
        var text = PlainText.Normalize("content", said, 1, maxLength);
        return text.IsRefused(out _) ? ArchivedPost.NoWords : text.Value;
    }

    public ArchivedLike Read(LikeJson json)
    {
        Expect(json.Type == "Like", "a Like");
        Expect(json.Actor == me, "of the archive's person");
        return new ArchivedLike(Next(json.Id, "like"), Date(json.Published), Name(json.Object));
    }

    /// <summary>That the person has bookmarked a post, for which there is no word: it was added to their bookmarks.</summary>
    public ArchivedLike ReadBookmark(LikeJson json)
    {
        Expect(json.Type == "Add", "an Add");
        Expect(json.Actor == me, "of the archive's person");
        return new ArchivedLike(Next(json.Id, "bookmark"), Date(json.Published), Name(json.Object));
    }

    /// <summary>That the person follows somebody.</summary>
    public ArchivedFollow ReadFollowing(FollowJson json)
    {
        Expect(json.Actor == me, "of the archive's person");
        return Read(json, json.Object);
    }

    /// <summary>That somebody follows the person.</summary>
    public ArchivedFollow ReadFollower(FollowJson json)
    {
        Expect(json.Object == me, "about the archive's person");
        return Read(json, json.Actor);
    }

    private ArchivedFollow Read(FollowJson json, string who)
    {
        Expect(json.Type == "Follow", "a Follow");
        return new(Next(json.Id, "follow"), Date(json.Published), Urn.UsernameIn(who));
    }

    private ArchivedName Name(NoteNameJson? json)
    {
        if (json?.Type != "Note")
        {
            throw new FormatException("It is not about a Note.");
        }
        Expect(json.AttributedTo is null == json.Published is null, "about a Note with an author and a date");
        return new(
            OfThePast(Urn.IdIn(json.Id, "post")),
            json.AttributedTo is null ? null : Urn.UsernameIn(json.AttributedTo),
            json.Published is { } date ? Date(date) : null
        );
    }

    /// <summary>An id greater than the one before it, so that none comes twice, and of the past.</summary>
    private long Next(string? urn, string kind)
    {
        var id = Urn.IdIn(urn, kind);
        Expect(id > last, "in the order of ids");
        return last = OfThePast(id);
    }

    /// <summary>An id that is drawn later would meet what this archive said of it.</summary>
    private long OfThePast(long id)
    {
        Expect(id <= Ids.At(latest, Ids.PerMillisecond - 1), "of the past");
        return id;
    }

    /// <summary>A time of the past, cut to what both databases keep.</summary>
    private DateTime Date(DateTime date)
    {
        Expect(date.Kind == DateTimeKind.Utc, "dated in UTC");
        // What was taken in from elsewhere may be older than ids are.
        Expect(date >= OldIds.Earliest && date <= latest, "of the past, and not before 2000");
        return date.AddTicks(-(date.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static T Value<T>(Result<T> result) =>
        result.IsRefused(out var error) ? throw new FormatException(error.Message) : result.Value;

    private static void Expect(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new FormatException($"It is not {what}.");
        }
    }
}
