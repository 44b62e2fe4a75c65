namespace Pamps.Http.Accounts;

/// <summary>
/// Where a request to sign in or out comes from, for the security log: Pamps.Auth does not tell its store of logins. One a
/// request.
/// </summary>
internal sealed class Caller
{
    /// <summary>As <see cref="Core.Viewer.Network"/>; null where nobody has said it.</summary>
    public string? Network { get; private set; }

    /// <summary>Says it, before a request is handled.</summary>
    public static ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        context.RequestServices.GetRequiredService<Caller>().Network = CallerNetwork.HashForLog(context);
        return next(invocation);
    }
}
