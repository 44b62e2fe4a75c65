using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Operations.Archives;

/// <summary>Pictures that an import left out, all for one reason.</summary>
/// <param name="Reason">The reason, in a sentence.</param>
/// <param name="Count">How many.</param>
/// <param name="PostId">The first post that they belong to, by its id in the archive.</param>
public sealed record PicturesLeftOut(string Reason, long Count, long PostId);

/// <summary>What became of the pictures of an archive, as it is imported.</summary>
internal sealed class PictureReport
{
    private readonly Dictionary<string, PicturesLeftOut> leftOut = [];

    public long Kept { get; set; }

    public long Done { get; private set; }

    /// <summary>Why no more are drawn: there is no room for them.</summary>
    public Error? Full { get; private set; }

    private readonly Dictionary<string, long> codes = [];

    /// <summary>Of each reason its word, with how many were left out for it since this was asked the last time.</summary>
    public IReadOnlyList<(string Code, long Count)> TakeCodes()
    {
        var taken = codes.Select(x => (x.Key, x.Value)).ToList();
        codes.Clear();
        return taken;
    }

    public IReadOnlyList<PicturesLeftOut> LeftOut => [.. leftOut.Values];

    public void Add(Error? error, long postId)
    {
        Done++;
        if (error is null)
        {
            return;
        }
        var code = error.Fields is { Count: > 0 } fields ? fields.First().Value.Code : error.Code;
        codes[code] = codes.GetValueOrDefault(code) + 1;
        if (error == MediaErrors.QuotaFull || error == MediaErrors.SiteFull)
        {
            Full = error;
        }
        leftOut[error.Message] = leftOut.TryGetValue(error.Message, out var before)
            ? before with
            {
                Count = before.Count + 1,
            }
            : new PicturesLeftOut(error.Message, 1, postId);
    }
}

/// <summary>
/// Draws the pictures of posts anew, as those that are uploaded: whoever made the archive may have put anything into it. Those that
/// cannot be taken are left out singly, and the post comes without.
/// </summary>
internal sealed class ImportPictures(Writer writer, UploadMedia upload, TimeProvider time)
{
    /// <summary>How often it is tried where many are drawn.</summary>
    private const int Tries = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly Error NotThere = new(
        ErrorKind.NotFound,
        "not_in_the_archive",
        "They are not in the archive"
    );

    /// <summary>
    /// Keeps the pictures of those posts that are not here yet, without a post; what no post takes is swept a day later. Answers which
    /// they are, by the posts' ids in the archive. Refused when nothing can be kept now, as on a full disk: the posts then come with
    /// the next run.
    /// </summary>
    /// <param name="open">Opens the file of a picture; answers null when it is not there.</param>
    /// <param name="posts">The posts, with all of a millisecond together; bounded.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="report">Told what became of each.</param>
    /// <param name="progress">Told of each picture.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<Dictionary<long, IReadOnlyList<MediaView>>>> RunAsync(
        Func<string, Stream?> open,
        IReadOnlyList<ArchivedPost> posts,
        ImportOwner owner,
        PictureReport report,
        IProgress<WorkProgress>? progress,
        long total,
        CancellationToken ct
    )
    {
        var kept = new Dictionary<long, IReadOnlyList<MediaView>>();
        if (posts.All(x => x.Pictures.Count == 0))
        {
            return kept;
        }
        var here = await writer.RunAsync<Dictionary<long, long>>(
            viewer: null,
            async write => await FindArchived.OwnAsync(write, posts, owner),
            ct
        );
        foreach (var post in posts.Where(x => x.Pictures.Count > 0 && !here.Value.ContainsKey(x.Id)))
        {
            var ofPost = new List<MediaView>();
            foreach (var (place, picture) in post.Pictures.Index())
            {
                var taken =
                    place < OwnMedia.MostPerPost
                        ? await TakeAsync(open, picture, owner, report, ct)
                        : MediaErrors.TooManyForPost;
                if (!taken.IsRefused(out var error))
                {
                    ofPost.Add(taken.Value);
                }
                else if (error.Kind == ErrorKind.Unavailable)
                {
                    return error;
                }
                report.Add(error, post.Id);
                progress?.Report(new WorkProgress("pictures", report.Done, Math.Max(report.Done, total)));
            }
            kept[post.Id] = ofPost;
        }
        return kept;
    }

    private async Task<Result<MediaView>> TakeAsync(
        Func<string, Stream?> open,
        ArchivedPicture picture,
        ImportOwner owner,
        PictureReport report,
        CancellationToken ct
    )
    {
        if (picture.File is null)
        {
            return NotThere;
        }
        if (report.Full is { } full)
        {
            return full;
        }
        await using var file = upload.NewFile();
        try
        {
            await using var content = open(picture.File);
            if (content is null)
            {
                return NotThere;
            }
            if (owner.IsForeign && content.Length > upload.MostBytes)
            {
                return MediaErrors.TooLarge(upload.MostBytes);
            }
            await content.CopyToAsync(file, ct);
        }
        // An archive of this server's was looked through before.
        catch (Exception exception)
            when (owner.IsForeign && exception is InvalidDataException or EndOfStreamException)
        {
            return MediaErrors.Broken;
        }
        await file.FlushAsync(ct);
        for (var tries = 1; ; tries++)
        {
            var taken = await upload.TakeInAsync(
                owner.UserId,
                file.Name,
                picture.Description,
                picture.Focus,
                wasKept: !owner.IsForeign,
                ct
            );
            // Nobody waits for this one, so it lets those through who wait for theirs.
            if (taken.Error != MediaErrors.QueueFull || tries == Tries)
            {
                return taken;
            }
            await Task.Delay(Pause, time, ct);
        }
    }
}
