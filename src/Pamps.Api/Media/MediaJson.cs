using Pamps.Core.Media;

namespace Pamps.Api.Media;

/// <summary>A picture, or video or audio, with addresses at this server: they are resolved against the one that was asked.</summary>
internal sealed record MediaResponse(
    long Id,
    string Kind,
    string Url,
    string PreviewUrl,
    int Width,
    int Height,
    string Blurhash,
    string? Description,
    FocusResponse Focus,
    decimal? Duration
)
{
    private static readonly string[] Kinds = ["image", "animation", "video", "audio"];

    public static MediaResponse From(MediaView x) =>
        new(
            x.Id,
            Kinds[(int)x.Kind],
            MediaFileName.AddressOf(x.File),
            MediaFileName.AddressOf(x.Preview),
            x.Width,
            x.Height,
            x.Blurhash,
            x.Description,
            new FocusResponse(x.FocusX / 1000m, x.FocusY / 1000m),
            x.DurationMs / 1000m
        );

    /// <summary>The pictures of a post.</summary>
    public static MediaResponse[] From(MediaJson media) =>
        media.Json is null ? [] : [.. media.Read().Select(From)];
}

/// <summary>The point of a picture that stays when it is cropped: from -1, left and at the bottom, to 1.</summary>
internal sealed record FocusResponse(decimal X, decimal Y);

/// <summary>A change of what a picture says of itself: what is absent or null stays, and an empty description clears it.</summary>
internal sealed record MediaChange(string? Description = null, string? Focus = null);
