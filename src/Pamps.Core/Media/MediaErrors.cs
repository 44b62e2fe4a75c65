using System.Globalization;
using Pamps.Core.Results;

namespace Pamps.Core.Media;

/// <summary>Why uploads are refused, in words for the person who sends one.</summary>
public static class MediaErrors
{
    /// <summary>What makes pictures is not there for this system, or turned off.</summary>
    public static Error NoneTaken { get; } =
        new(ErrorKind.Unsupported, "no_pictures_taken", "This server takes no pictures");

    /// <summary>It is no picture, or one of another type.</summary>
    public static Error NotTaken { get; } =
        new(
            ErrorKind.Unsupported,
            "media_type_not_taken",
            "This is no picture that is taken here; JPEG, PNG, WebP, GIF and AVIF are"
        );

    /// <summary>It ends too soon, or what is in it makes no sense.</summary>
    public static Error Broken { get; } =
        Error.Invalid("file", "picture_broken", "The picture is broken, or not all of it was sent.");

    /// <summary>Working on it took longer than a picture may take.</summary>
    public static Error TooSlow { get; } =
        Error.Invalid("file", "picture_too_dear", "It takes too long to read this picture.");

    /// <summary>What takes video and audio is not there, or turned off.</summary>
    public static Error NoRecordingsTaken { get; } =
        new(
            ErrorKind.Unsupported,
            "no_recordings_taken",
            "This server takes no video and no audio, but pictures"
        );

    /// <summary>It is video or audio of another type.</summary>
    public static Error RecordingNotTaken { get; } =
        new(
            ErrorKind.Unsupported,
            "recording_type_not_taken",
            "This is no video or audio that is taken here; MP4, MOV and WebM, MP3, M4A, AAC, Ogg, FLAC and WAV in their usual codecs are"
        );

    /// <summary>It ends too soon, or what is in it makes no sense.</summary>
    public static Error RecordingBroken { get; } =
        Error.Invalid("file", "recording_broken", "It cannot be played, or not all of it was sent.");

    /// <summary>Working on it took longer than it may take.</summary>
    public static Error RecordingTooDear { get; } =
        Error.Invalid("file", "recording_too_dear", "It takes too long to encode this.");

    /// <summary>It plays longer than may be.</summary>
    public static Error RecordingTooLong(int seconds) =>
        Error.Invalid(
            "file",
            "recording_too_long",
            string.Create(CultureInfo.InvariantCulture, $"It plays longer than {seconds} seconds."),
            most: seconds
        );

    /// <summary>There is no such picture of the viewer's.</summary>
    public static Error NotFound { get; } =
        new(ErrorKind.NotFound, "media_not_found", "There is no such picture of yours");

    /// <summary>A post shows it.</summary>
    public static Error InUse { get; } =
        new(ErrorKind.Conflict, "media_in_use", "A post shows this picture; take it out of the post first");

    /// <summary>It is a part of the owner's profile.</summary>
    public static Error InProfile { get; } =
        new(
            ErrorKind.Conflict,
            "media_in_use",
            "Your profile shows this picture; take it away there, and it is deleted"
        );

    /// <summary>It has more pixels than may be.</summary>
    public static Error TooManyPixels(long most) =>
        Error.Invalid(
            "file",
            "too_many_pixels",
            string.Create(CultureInfo.InvariantCulture, $"The picture has more than {most} pixels."),
            most: most
        );

    /// <summary>It has more frames than may be.</summary>
    public static Error TooManyFrames(long most) =>
        Error.Invalid(
            "file",
            "too_many_frames",
            string.Create(CultureInfo.InvariantCulture, $"The picture has more than {most} frames."),
            most: most
        );

    /// <summary>It has more bytes than may be.</summary>
    public static Error TooLarge(long most) =>
        new(
            ErrorKind.TooLarge,
            "file_too_large",
            string.Create(CultureInfo.InvariantCulture, $"A file has at most {most} bytes")
        );

    /// <summary>There is no file in the form.</summary>
    public static Error NoFile { get; } = Error.Invalid("file", "required", "A file is needed.");

    internal static Error QuotaFull { get; } =
        new(
            ErrorKind.TooLarge,
            "media_quota_full",
            "Your pictures take all the room that you have; delete some of them first"
        );

    internal static Error SiteFull { get; } =
        new(ErrorKind.TooLarge, "media_site_full", "There is no more room for pictures on this server");

    internal static Error QueueFull { get; } =
        new(ErrorKind.Unavailable, "uploads_full", "Too many are sending pictures now; try again soon");

    /// <summary>Where files are cannot be reached, or takes none.</summary>
    public static Error StoreAway { get; } =
        new(
            ErrorKind.Unavailable,
            "media_store_unavailable",
            "Pictures cannot be kept or read now; try again later"
        );

    /// <summary>The same file was deleted, and is just being removed: in a moment it can be stored anew.</summary>
    internal static Error OnItsWayOut { get; } =
        new(
            ErrorKind.Unavailable,
            "media_store_unavailable",
            "The same picture is just being deleted; try again in a moment"
        );

    internal static Error AtOnce { get; } =
        new(
            ErrorKind.TooMany,
            "too_many_uploads_at_once",
            "You send too many pictures at once; wait for the first ones"
        );

    internal static Error NotForPost { get; } =
        Error.Invalid(
            "media_ids",
            "media_not_found",
            "Each of media_ids is a picture of yours that neither another post nor your profile shows."
        );

    internal static Error NotForProfile(string field) =>
        Error.Invalid(
            field,
            "media_not_found",
            $"{field} is a picture of yours that no post and no other part of your profile shows."
        );

    internal static Error TooManyForPost { get; } =
        Error.Invalid(
            "media_ids",
            "too_many",
            string.Create(
                CultureInfo.InvariantCulture,
                $"A post shows at most {PostMedia.Most} pictures, each once."
            ),
            most: PostMedia.Most
        );
}
