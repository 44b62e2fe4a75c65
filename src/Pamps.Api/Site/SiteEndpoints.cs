using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Http;

namespace Pamps.Api.Site;

/// <summary>What a client program wants to know of the server before it begins.</summary>
internal static class SiteEndpoints
{
    public static void MapSite(this RouteGroupBuilder api) =>
        api.MapGroup("/config")
            .WithTags("site")
            .MapGet("/", Read)
            .Open("ReadConfig", "Read the site's name and the limits of what people write")
            .Gives<ConfigResponse>(200, 304);

    private static IResult Read(PampsOptions options, IPictureMaker maker, IRecordingMaker recordings)
    {
        Result<PampsOptions> result = options;
        return result.ToOne(x => ConfigResponse.From(x, maker, recordings));
    }
}
