using Pamps.Auth;

namespace Pamps.Http;

/// <summary>What every endpoint says of itself, in few words: name, summary, who may call it, what it answers.</summary>
internal static class Describe
{
    /// <summary>Anyone may call it; who is signed in may see more.</summary>
    public static RouteHandlerBuilder Open(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary).AllowAnonymous();

    /// <summary>Needs an access token.</summary>
    public static RouteHandlerBuilder SignedInOnly(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary
    ) => endpoint.WithName(name).WithSummary(summary).RequireAuthorization().Refuses(401);

    /// <summary>Needs an access token that a password was given for, unless it is a superuser's.</summary>
    public static RouteHandlerBuilder FreshOnly(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary
    ) => endpoint.WithName(name).WithSummary(summary).RequireFresh().Refuses(401);

    /// <summary>Answers with this body, with any of the statuses; 304 has none.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _ = status == 304 ? endpoint.Produces(status) : endpoint.Produces<T>(status);
        }
        return endpoint;
    }

    /// <summary>Answers 201 with the new thing and where it is.</summary>
    public static RouteHandlerBuilder GivesNew<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<T>(201).WithMetadata(new SaysWhere());

    /// <summary>Answers without a body.</summary>
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder endpoint, int status) =>
        endpoint.Produces(status);

    /// <summary>Answers with a page of a list; refuses a query that does not parse.</summary>
    public static RouteHandlerBuilder GivesList<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<T[]>().WithMetadata(new PagedList()).Refuses(422);

    /// <summary>Answers with a problem, with any of the statuses.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<Problem>(status, "application/problem+json");
        }
        return endpoint;
    }
}
