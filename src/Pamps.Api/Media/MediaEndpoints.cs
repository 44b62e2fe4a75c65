using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;
using Pamps.Api.Forms;
using Pamps.Auth;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Media;

/// <summary>Pictures, video and audio: their upload, what their owners do with them, and their files.</summary>
internal static class MediaEndpoints
{
    /// <summary>As long as a telephone needs where the network is bad, for 16 MB of pictures or a minute of video, with its encoding.</summary>
    private const int LongestUpload = 10 * 60 * 1000;

    private static readonly Error NoSuchFile = new(ErrorKind.NotFound, "file_not_found", "No such file");

    public static void MapMedia(this RouteGroupBuilder api)
    {
        var media = api.MapGroup("/media").WithTags("media");
        media
            .MapPost("/", UploadAsync)
            .SignedInOnly(
                "UploadMedia",
                "Upload a picture, for a post or one's profile within a day; or video or audio, which may take minutes"
            )
            .WithMetadata(
                new FileFormDescription(
                    """{ "file": "(the bytes)", "description": "A gull on a bollard", "focus": "0.25,-0.5" }""",
                    "JPEG, PNG, WebP, GIF or AVIF, whatever it is called; video and audio where the server takes them",
                    (
                        "description",
                        "What is to be seen on it, for those who do not see it",
                        OwnMedia.MaxDescription
                    ),
                    (
                        "focus",
                        "The point that stays when it is cropped: x,y from -1,-1 (left, bottom) to 1,1",
                        null
                    )
                ),
                new RequestTimeoutAttribute(LongestUpload)
            )
            .GivesNew<MediaResponse>()
            .Refuses(403, 413, 415, 422, 503);
        media
            .MapGet("/{id}/", ReadAsync)
            .SignedInOnly("ReadMedia", "Read one of one's pictures")
            .Gives<MediaResponse>(200, 304)
            .Refuses(404, 422);
        media
            .MapMethods("/{id}/", ["PATCH"], ChangeAsync)
            .SignedInOnly("ChangeMedia", "Change the description and focus of one's picture")
            .Gives<MediaResponse>(200)
            .Refuses(404, 413, 415, 422);
        media
            .MapDelete("/{id}/", DeleteAsync)
            .SignedInOnly("DeleteMedia", "Delete one's picture, which neither a post nor one's profile shows")
            .Gives(204)
            .Refuses(404, 409, 422);
    }

    /// <summary>The files. A browser asks for many, and no database is: they count for no limit.</summary>
    public static void MapMediaFiles(this RouteGroupBuilder api) =>
        api.MapGet(MediaFileName.AddressOf("{name}"), ServeAsync)
            .WithTags("media")
            .Open("ReadMediaFile", "Read the file of a picture, or a range of it")
            .Produces(
                200,
                contentType: "image/jpeg",
                additionalContentTypes: ["image/png", "image/webp", "video/mp4", "audio/mpeg"]
            )
            .Produces(206)
            .Produces(304)
            .Produces(416)
            .Refuses(404, 503);

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        SignedIn me,
        UploadMedia upload,
        CancellationToken ct
    )
    {
        var most = (long)upload.MostBytes + FileForm.Wrapping;
        // Of this request alone. More than is read of it: who is refused at once learns it only if the rest is let pass.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = 4 * most;
        }
        if (context.Request.ContentLength > most)
        {
            return MediaErrors.TooLarge(upload.MostBytes).ToProblem();
        }
        var viewer = me.ToViewer();
        var begun = await upload.BeginAsync(viewer, ct);
        if (begun.IsRefused(out var error))
        {
            return error.ToProblem();
        }
        using var entered = begun.Value;
        var read = await MediaForm.ReadAsync(context.Request, upload, ct);
        if (read.IsRefused(out error))
        {
            return error.ToProblem();
        }
        await using var form = read.Value;
        return form.Path is { } path
            ? (await upload.RunAsync(viewer, path, form.Description, form.Focus, ct)).ToCreated(
                x => $"/media/{x.Id}/",
                MediaResponse.From
            )
            : MediaErrors.NoFile.ToProblem();
    }

    private static async Task<IResult> ReadAsync(
        PostId id,
        SignedIn me,
        OwnMedia media,
        CancellationToken ct
    ) => (await media.ReadAsync(me.ToViewer(), id.Value, ct)).ToOne(MediaResponse.From);

    private static async Task<IResult> ChangeAsync(
        PostId id,
        Body<MediaChange> body,
        SignedIn me,
        OwnMedia media,
        CancellationToken ct
    ) =>
        (await media.ChangeAsync(me.ToViewer(), id.Value, body.Value.Description, body.Value.Focus, ct)).ToOk(
            MediaResponse.From
        );

    private static async Task<IResult> DeleteAsync(
        PostId id,
        SignedIn me,
        OwnMedia media,
        CancellationToken ct
    ) => (await media.DeleteAsync(me.ToViewer(), id.Value, ct)).ToNoContent();

    private static async Task<IResult> ServeAsync(
        string name,
        HttpContext context,
        IMediaStore store,
        CancellationToken ct
    )
    {
        if (!MediaFileName.Is(name) || await store.OpenAsync(name, ct) is not { } file)
        {
            return NoSuchFile.ToProblem();
        }
        var headers = context.Response.Headers;
        // The name is the hash of what is in it.
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ContentSecurityPolicy =
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
        // It is to be seen, and is called so where somebody saves it. The name is hexadecimal digits and an ending.
        headers.ContentDisposition = $"inline; filename=\"{name}\"";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.Stream(
            file,
            MediaFileName.TypeOf(name),
            entityTag: new EntityTagHeaderValue($"\"{name[..32]}\""),
            enableRangeProcessing: true
        );
    }
}
