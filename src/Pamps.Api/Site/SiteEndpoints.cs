using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Site;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Site;

/// <summary>What a client program wants to know of the server before it begins, and what the site says of itself.</summary>
internal static class SiteEndpoints
{
    public static void MapSite(this RouteGroupBuilder api)
    {
        api.MapGroup("/config")
            .WithTags("site")
            .MapGet("/", Read)
            .Open("ReadConfig", "Read the site's name and the limits of what people write")
            .Gives<ConfigResponse>(200, 304);

        var site = api.MapGroup("/site").WithTags("site");
        site.MapGet("/", ReadSiteAsync)
            .Open("ReadSite", "Read the site's rules, what it says of itself, and what everybody is told")
            .Gives<SiteResponse>(200, 304);
        site.MapGet("/text/", TextsAsync)
            .SignedInOnly("ListSiteTexts", "Read what the site says of itself as it is written (superusers)")
            .Gives<SiteTextResponse[]>(200)
            .Refuses(403);
        site.MapPut("/text/{key}/{locale}/", WriteAsync)
            .SignedInOnly("WriteSiteText", "Write a text of the site in a language (superusers)")
            .Gives<SiteTextResponse>(200)
            .Refuses(403, 404, 413, 415, 422);
        site.MapDelete("/text/{key}/{locale}/", RemoveAsync)
            .SignedInOnly("DeleteSiteText", "Take a text of the site away in a language (superusers)")
            .Gives(204)
            .Refuses(403, 404);
    }

    private static IResult Read(PampsOptions options, IPictureMaker maker, IRecordingMaker recordings)
    {
        Result<PampsOptions> result = options;
        return result.ToOne(x => ConfigResponse.From(x, maker, recordings));
    }

    private static async Task<IResult> ReadSiteAsync(
        [AsParameters] SiteQuery query,
        HttpContext context,
        ReadSite site,
        CancellationToken ct
    )
    {
        context.Response.Headers.Append("Vary", "Accept-Language");
        var locales = CallerLanguage.AllOf(context.Request);
        Result<SiteView> result = await site.RunAsync(
            query.Locale is { } locale ? [locale, .. locales] : locales,
            ct
        );
        return result.ToOne(SiteResponse.From);
    }

    private static async Task<IResult> TextsAsync(SignedIn me, ReadSite site, CancellationToken ct) =>
        (await site.TextsAsync(me.ToViewer(), ct)).ToOk(x => x.Select(SiteTextResponse.From).ToArray());

    private static async Task<IResult> WriteAsync(
        string key,
        string locale,
        Body<SiteTextRequest> body,
        SignedIn me,
        EditSite edit,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await edit.RunAsync(me.ToViewer(context), key, locale, body.Value.Body, body.Value.EndsAt, ct)).ToOk(
            SiteTextResponse.From
        );

    private static async Task<IResult> RemoveAsync(
        string key,
        string locale,
        SignedIn me,
        EditSite edit,
        HttpContext context,
        CancellationToken ct
    ) => (await edit.UndoAsync(me.ToViewer(context), key, locale, ct)).ToNoContent();
}

/// <summary>The query of what the site says.</summary>
internal sealed class SiteQuery
{
    [
        FromQuery(Name = "locale"),
        Description("The language that is wanted first, such as pt-BR; otherwise Accept-Language says it.")
    ]
    public string? Locale { get; set; }
}
