using Pamps.Auth;
using Pamps.Core.Filters;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Filters;

/// <summary>Words that one does not want to read.</summary>
internal static class FilterEndpoints
{
    public static void MapFilters(this RouteGroupBuilder api)
    {
        var filters = api.MapGroup("/filter").WithTags("filter");
        filters
            .MapGet("/", ListAsync)
            .SignedInOnly("ListFilters", "List one's filters, the oldest first, at most 100")
            .Gives<FilterResponse[]>(200);
        filters
            .MapPost("/", MakeAsync)
            .SignedInOnly("MakeFilter", "Fold or hide posts with certain words, for a time or for good")
            .GivesNew<FilterResponse>()
            .Refuses(409, 413, 415, 422);
        filters
            .MapGet("/{id}/", ReadAsync)
            .SignedInOnly("ReadFilter", "Read one of one's filters")
            .Gives<FilterResponse>(200, 304)
            .Refuses(404, 422);
        filters
            .MapMethods("/{id}/", ["PATCH"], ChangeAsync)
            .SignedInOnly("ChangeFilter", "Change a filter; keywords that are given replace all of its own")
            .Gives<FilterResponse>(200)
            .Refuses(404, 409, 413, 415, 422);
        filters
            .MapDelete("/{id}/", DeleteAsync)
            .SignedInOnly("DeleteFilter", "Take a filter away")
            .Gives(204)
            .Refuses(404, 422);
    }

    private static async Task<IResult> ListAsync(SignedIn me, EditFilters filters, CancellationToken ct) =>
        TypedResults.Ok((await filters.ListAsync(me.ToViewer(), ct)).Select(FilterResponse.From).ToArray());

    private static async Task<IResult> MakeAsync(
        Body<FilterRequest> body,
        SignedIn me,
        IdempotencyHeader retry,
        EditFilters filters,
        CancellationToken ct
    ) =>
        (await filters.CreateAsync(me.ToViewer(), body.Value.ToEdit(), retry.ToKey(), ct)).ToCreated(
            x => $"/filter/{x.Id}/",
            FilterResponse.From
        );

    private static async Task<IResult> ReadAsync(
        PostId id,
        SignedIn me,
        EditFilters filters,
        CancellationToken ct
    ) => (await filters.ReadAsync(me.ToViewer(), id.Value, ct)).ToOne(FilterResponse.From);

    private static async Task<IResult> ChangeAsync(
        PostId id,
        Body<FilterRequest> body,
        SignedIn me,
        EditFilters filters,
        CancellationToken ct
    ) =>
        (await filters.EditAsync(me.ToViewer(), id.Value, body.Value.ToEdit(), ct)).ToOk(FilterResponse.From);

    private static async Task<IResult> DeleteAsync(
        PostId id,
        SignedIn me,
        EditFilters filters,
        CancellationToken ct
    ) => (await filters.DeleteAsync(me.ToViewer(), id.Value, ct)).ToNoContent();
}
