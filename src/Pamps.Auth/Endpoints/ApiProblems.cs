using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Pamps.Auth;

/// <summary>
/// Answers every refusal of a host with problem details (RFC 9457) whose <c>detail</c> is for people and names fields as the
/// request does: bad input is 422 with <c>errors</c>, a registration or sign-in that came when too many waited is 429, and no
/// answer shows a text of the program's own. Members of bodies are named by the policy of JSON, parameters as in the program: attributes
/// that rename one alone are not read.
/// </summary>
/// <remarks>
/// For hosts of this package that have no form of errors of their own: small APIs such as the samples and the template, which
/// would each write the same again. It is the framework's problem details and validation (<c>AddValidation</c>, which the host
/// calls itself) in one form, for all endpoints of the host. A host with a form of its own leaves it out: nothing else here
/// needs it, and Pamps does, whose refusals carry codes.
/// </remarks>
public static class ApiProblems
{
    /// <summary>Adds the form; <see cref="UseApiProblems"/> puts it to use.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddApiProblems(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure<RouteHandlerOptions>(x => x.ThrowOnBadRequest = true);
        services.Configure<ExceptionHandlerOptions>(x =>
        {
            x.StatusCodeSelector = StatusOf;
            x.SuppressDiagnosticsCallback = it => StatusOf(it.Exception) < 500;
        });
        services.AddProblemDetails();
        // In front, because the first writer that can does.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ApiProblemWriter>());
        return services;
    }

    /// <summary>Answers exceptions, unknown paths and wrong methods so, too. Call it before all other middleware.</summary>
    /// <param name="app">The host.</param>
    /// <returns>The same host.</returns>
    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) =>
        app.UseExceptionHandler().UseStatusCodePages();

    private static int StatusOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            TooManySignInsException => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status500InternalServerError,
        };
}
