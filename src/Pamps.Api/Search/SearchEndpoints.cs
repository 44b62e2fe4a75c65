using Pamps.Api.OpenApi;
using Pamps.Api.Posts;
using Pamps.Api.Users;
using Pamps.Auth;
using Pamps.Core.Search;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Search;

/// <summary>Search for posts and users.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this RouteGroupBuilder api) =>
        api.MapGroup("/search")
            .WithTags("search")
            .MapGet("/", SearchAsync)
            .Open("Search", "Search for posts or users")
            .WithDescription(
                "Posts come newest first, users oldest first, unless asked otherwise. `best` ranks: of posts the newest "
                    + "500 that match, by likes, replies, how much else they say, and age; of users by name, then by "
                    + "followers, and so completes a name: `q=an*&type=user&order=best`. A page of a large search may hold "
                    + "fewer items than asked for and still have a next one: the `Link` header says. A search that takes long "
                    + "ends with what it has found, and says so: `Search-Incomplete: ?1`. Few run at once, and one of a "
                    + "caller; while too many wait for their turn, the answer is 503, and 429 for who has searched for long."
            )
            .GivesList<PostResponse>()
            .Refuses(429, 503)
            .WithMetadata(
                new RanksToo(),
                new EitherList(nameof(PostResponse), nameof(UserResponse)),
                ParameterDetail.Text("q", most: SearchPosts.MaxQueryLength),
                ParameterDetail.Word("type", "post", "user"),
                ParameterDetail.Word("order", "newest", "oldest", "best") with
                {
                    Description =
                        "`newest` (posts unless asked otherwise), `oldest` (users unless asked otherwise) or `best` first.",
                },
                new ParameterDetail("before")
                {
                    Description =
                        "Only ids smaller than this. Ordered by `best`: only what comes after this id.",
                },
                new ParameterDetail("after")
                {
                    Description =
                        "Only ids larger than this. Ordered by `best`: only what comes ahead of this id.",
                }
            );

    private static async Task<IResult> SearchAsync(
        [AsParameters] SearchQuery search,
        [AsParameters] PageQuery query,
        SignedIn? me,
        SearchPosts posts,
        SearchUsers users,
        HttpContext context,
        CancellationToken ct
    )
    {
        var (viewer, text, page) = (me?.ToViewer(), search.Text, query.ToRequest());
        var network = CallerNetwork.Of(context);
        return (search.IsForUsers, query.IsRanked) switch
        {
            (true, true) => (await users.BestAsync(viewer, text, page, network, ct)).ToList(
                UserResponse.From
            ),
            (true, false) => (await users.RunAsync(viewer, text, page, network, ct)).ToList(
                UserResponse.From
            ),
            (false, true) => (await posts.BestAsync(viewer, text, page, network, ct)).ToList(
                PostResponse.From
            ),
            (false, false) => (await posts.RunAsync(viewer, text, page, network, ct)).ToList(
                PostResponse.From
            ),
        };
    }
}
