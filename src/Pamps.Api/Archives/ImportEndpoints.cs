using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Pamps.Api.Forms;
using Pamps.Auth;
using Pamps.Core.Archives;
using Pamps.Core.Media;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Archives;

/// <summary>What one brings from elsewhere: archives of posts, and lists of accounts.</summary>
internal static class ImportEndpoints
{
    private const string Address = "/user/me/imports";

    /// <summary>As long as some gigabytes take where the network is bad.</summary>
    private const int LongestUpload = 6 * 60 * 60 * 1000;

    /// <summary>In bytes a second.</summary>
    private const int SlowestUpload = 8 * 1024;

    public static void MapImports(this RouteGroupBuilder api)
    {
        var imports = api.MapGroup(Address).WithTags("user");
        imports
            .MapGet("/", ListAsync)
            .SignedInOnly("ListImports", "List what one brought from elsewhere, the newest first")
            .GivesList<ImportResponse>();
        imports
            .MapPost("/", UploadAsync)
            .SignedInOnly(
                "Import",
                "Bring an archive of one's posts from Mastodon, X (Twitter) or Pamps, or a list of accounts to follow, block or mute"
            )
            .WithMetadata(
                new FileFormDescription(
                    """{ "file": "(the bytes)", "kind": "archive", "visibility": "unlisted" }""",
                    "The archive of a Mastodon, X (Twitter) or Pamps account, or a list of accounts",
                    ("kind", "archive (unless said), follows, blocks or mutes", null),
                    (
                        "visibility",
                        "Who may see the posts at most: public (unless said), unlisted or followers",
                        null
                    )
                ),
                new RequestTimeoutAttribute(LongestUpload)
            )
            .GivesNew<ImportResponse>()
            .Refuses(403, 409, 413, 415, 422, 429, 503);
        imports
            .MapGet("/{id}/", ReadAsync)
            .SignedInOnly("ReadImport", "Read how it stands with what one brought")
            .Gives<ImportResponse>(200, 304)
            .Refuses(404, 422);
        imports
            .MapDelete("/{id}/", CancelAsync)
            .SignedInOnly("CancelImport", "Stop an import; what was taken in until then stays")
            .Gives(204)
            .Refuses(404, 422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        OrderImport import,
        CancellationToken ct
    ) => (await import.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(ImportResponse.From);

    private static async Task<IResult> ReadAsync(
        PostId id,
        SignedIn me,
        OrderImport import,
        CancellationToken ct
    ) => (await import.ReadAsync(me.ToViewer(), id.Value, ct)).ToOne(ImportResponse.From);

    private static async Task<IResult> CancelAsync(
        PostId id,
        SignedIn me,
        OrderImport import,
        CancellationToken ct
    ) => (await import.UndoAsync(me.ToViewer(), id.Value, ct)).ToNoContent();

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        SignedIn me,
        OrderImport import,
        CancellationToken ct
    )
    {
        var most = import.MostBytes + FileForm.Wrapping;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }
        if (context.Request.ContentLength > most && import.MostBytes > 0)
        {
            return MediaErrors.TooLarge(import.MostBytes).ToProblem();
        }
        // Few come in at once, so none may hold its place by sending next to nothing.
        if (
            HttpProtocol.IsHttp11(context.Request.Protocol)
            && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate
        )
        {
            rate.MinDataRate = new MinDataRate(SlowestUpload, TimeSpan.FromSeconds(30));
        }
        var viewer = me.ToViewer(context);
        var atLeast = (context.Request.ContentLength ?? 0) - FileForm.Wrapping;
        var begun = await import.BeginAsync(viewer, atLeast, ct);
        if (begun.IsRefused(out var error))
        {
            return error.ToProblem();
        }
        using var upload = begun.Value;
        var read = await ImportForm.ReadAsync(context.Request, import, upload, ct);
        if (read.IsRefused(out error))
        {
            return error.ToProblem();
        }
        ImportForm? form = read.Value;
        try
        {
            var wanted = OrderImport.Read(form.Kind, form.Visibility);
            if (wanted.IsRefused(out error))
            {
                return error.ToProblem();
            }
            if (form.File is not { } file)
            {
                return MediaErrors.NoFile.ToProblem();
            }
            var made = await import.RunAsync(
                viewer,
                wanted.Value.Kind,
                wanted.Value.Visibility,
                file.Name,
                file.Bytes,
                ct
            );
            if (made.IsRefused(out error))
            {
                return error.ToProblem();
            }
            form = null;
            upload.Keep();
            return made.ToCreated(x => $"{Address}/{x.Id}/", ImportResponse.From);
        }
        finally
        {
            if (form is not null)
            {
                await form.DropAsync(import);
            }
        }
    }
}
