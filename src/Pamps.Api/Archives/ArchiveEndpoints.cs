using System.Globalization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;
using Pamps.Auth;
using Pamps.Core.Archives;
using Pamps.Core.Media;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Archives;

/// <summary>The archive of one's own account: asked for, and downloaded once it is made.</summary>
internal static class ArchiveEndpoints
{
    private const string Address = "/user/me/archive";

    /// <summary>As long as some gigabytes take where the network is bad.</summary>
    private const int LongestDownload = 6 * 60 * 60 * 1000;

    public static void MapArchives(this RouteGroupBuilder api)
    {
        var archive = api.MapGroup(Address).WithTags("user");
        archive
            .MapGet("/", ReadAsync)
            .SignedInOnly("ReadArchive", "Read how it stands with the archive of one's account")
            .Gives<ArchiveResponse>(200);
        archive
            .MapPost("/", AskAsync)
            .SignedInOnly(
                "AskForArchive",
                "Ask for the archive of one's account, in place of the one before, once a day"
            )
            .GivesNew<ArchiveResponse>()
            .Refuses(409, 429, 503);
        archive
            .MapDelete("/", DeleteAsync)
            .SignedInOnly("DeleteArchive", "Delete the archive of one's account, or have none be made")
            .Gives(204);
        archive
            .MapGet("/file/", DownloadAsync)
            .SignedInOnly(
                "DownloadArchive",
                "Download the archive of one's account, or a range of it, with a fresh token, also as a superuser"
            )
            .WithMetadata(new RequestTimeoutAttribute(LongestDownload))
            .Produces(200, contentType: "application/zip")
            .Produces(206)
            .Produces(304)
            .Produces(416)
            .Refuses(404, 503);
    }

    private static async Task<IResult> ReadAsync(
        SignedIn me,
        OrderArchive archive,
        HttpContext context,
        CancellationToken ct
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(ArchiveResponse.From(await archive.ReadAsync(me.ToViewer(), ct)));
    }

    private static async Task<IResult> AskAsync(
        SignedIn me,
        OrderArchive archive,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await archive.RunAsync(me.ToViewer(context), ct)).ToCreated(
            _ => $"{Address}/",
            ArchiveResponse.From
        );

    private static async Task<IResult> DeleteAsync(SignedIn me, OrderArchive archive, CancellationToken ct) =>
        (await archive.UndoAsync(me.ToViewer(), ct)).ToNoContent();

    private static async Task<IResult> DownloadAsync(
        SignedIn me,
        OrderArchive archive,
        HttpContext context,
        CancellationToken ct
    )
    {
        var opened = await OpenAsync();
        if (opened.IsRefused(out var error))
        {
            return error.ToProblem();
        }
        var (content, name, madeAt) = opened.Value;
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
        return TypedResults.Stream(
            content,
            "application/zip",
            string.Create(CultureInfo.InvariantCulture, $"{me.Username}-{madeAt:yyyy-MM-dd}.zip"),
            // So that a download that broke off goes on with the same file.
            entityTag: new EntityTagHeaderValue($"\"{name}\""),
            enableRangeProcessing: true
        );

        async Task<Core.Results.Result<ArchiveFile>> OpenAsync()
        {
            try
            {
                return await archive.OpenAsync(me.ToViewer(), ct);
            }
            catch (IOException)
            {
                return MediaErrors.StoreAway;
            }
        }
    }
}
