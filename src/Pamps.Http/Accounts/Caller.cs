namespace Pamps.Http.Accounts;

/// <summary>
/// Where a request to sign in or out comes from, and what else Pamps.Auth does not tell its stores: for the security log, for mail,
/// and for the login that is opened. One a request.
/// </summary>
internal sealed class Caller
{
    /// <summary>As <see cref="Core.Viewer.Network"/>; null where nobody has said it.</summary>
    public string? Network { get; private set; }

    /// <summary>As <see cref="Core.Viewer.Language"/>.</summary>
    public string? Language { get; private set; }

    /// <summary>Whether they have shown a second factor: the store of logins is not told that, either.</summary>
    public bool HasSecondFactor { get; set; }

    /// <summary>Says it, before a request is handled.</summary>
    public static ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var caller = context.RequestServices.GetRequiredService<Caller>();
        caller.Network = CallerNetwork.HashForLog(context);
        caller.Language = CallerLanguage.Of(context.Request);
        return next(invocation);
    }
}
