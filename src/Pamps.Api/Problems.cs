using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Pamps.Auth;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Api;

/// <summary>The one place where refusals and faults become HTTP (RFC 9457).</summary>
public static partial class Problems
{
    /// <summary>Seconds after which it makes sense to come again.</summary>
    private const string RetrySoon = "5";

    /// <summary>Sends every problem, whoever reports it, through <see cref="ProblemWriter"/>.</summary>
    public static IServiceCollection AddPampsProblems(this IServiceCollection services) =>
        services
            .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
            .AddSingleton<OutageLog>()
            .AddProblemDetails();

    /// <summary>Answers what no endpoint answered: exceptions, unknown paths, wrong methods.</summary>
    public static IApplicationBuilder UsePampsProblems(this IApplicationBuilder app) =>
        app.UseExceptionHandler(
                new ExceptionHandlerOptions
                {
                    ExceptionHandler = AnswerExceptionAsync,
                    SuppressDiagnosticsCallback = _ => true,
                }
            )
            .UseStatusCodePages(x =>
                WriteAsync(x.HttpContext, x.HttpContext.Response.StatusCode, Sentence(x.HttpContext))
            );

    internal static IResult ToProblem(this Error error) =>
        new ProblemResult(
            error.Kind switch
            {
                ErrorKind.Invalid => StatusCodes.Status422UnprocessableEntity,
                ErrorKind.NotFound => StatusCodes.Status404NotFound,
                ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
                ErrorKind.Conflict => StatusCodes.Status409Conflict,
                ErrorKind.Unauthorized => StatusCodes.Status401Unauthorized,
                ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
                ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
                _ => throw new UnreachableException($"No status for {error.Kind}"),
            },
            error.Message,
            error.Fields,
            error.Kind is ErrorKind.TooMany ? RetrySoon : null
        );

    /// <summary>429, with the time after which it makes sense to come again.</summary>
    internal static IResult TooFast(HttpContext context, string detail, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        return new ProblemResult(StatusCodes.Status429TooManyRequests, detail);
    }

    internal static Task WriteAsync(
        HttpContext context,
        int status,
        string detail,
        IReadOnlyDictionary<string, string[]>? errors = null
    )
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        if (
            status is StatusCodes.Status503ServiceUnavailable
            && context.Response.Headers.RetryAfter.Count == 0
        )
        {
            context.Response.Headers.RetryAfter = RetrySoon;
        }
        var problem = new Problem(
            "about:blank",
            ReasonPhrases.GetReasonPhrase(status),
            status,
            detail,
            errors,
            Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier
        );
        return context.Response.WriteAsJsonAsync(
            problem,
            options: null,
            "application/problem+json",
            CancellationToken.None
        );
    }

    private static async Task AnswerExceptionAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var database = context.RequestServices.GetRequiredService<IDatabase>();
        switch (exception)
        {
            case BadHttpRequestException bad:
                // The framework's 400 is our 422; 408, 413, 415 and the like stay what they are.
                var status =
                    bad.StatusCode == 400 ? StatusCodes.Status422UnprocessableEntity : bad.StatusCode;
                context.Response.StatusCode = status;
                var sentence = Sentence(context);
                var errors =
                    status == StatusCodes.Status422UnprocessableEntity
                        ? new Dictionary<string, string[]> { ["body"] = [sentence] }
                        : null;
                await WriteAsync(context, status, sentence, errors);
                break;
            case TooManySignInsException busy:
                await TooFast(context, "Too many sign-ins at once; try again soon.", busy.RetryAfter)
                    .ExecuteAsync(context);
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            case OperationCanceledException:
                await WriteAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "This took too long and was stopped."
                );
                break;
            case ReadOnlyException:
                // A copy takes minutes: who tries again sooner tries in vain.
                context.Response.Headers.RetryAfter = "60";
                await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
                break;
            case DatabaseUnavailableException:
            case not null when database.IsUnavailable(exception):
                context
                    .RequestServices.GetRequiredService<OutageLog>()
                    .Report(exception.GetBaseException().Message);
                await WriteAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "The database is not available now."
                );
                break;
            default:
                LogFault(Logger(context), exception);
                await WriteAsync(
                    context,
                    StatusCodes.Status500InternalServerError,
                    "Something went wrong on the server."
                );
                break;
        }
    }

    private static string Sentence(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => "Not authenticated",
            StatusCodes.Status403Forbidden => "This is not yours to do",
            StatusCodes.Status404NotFound => "Not Found",
            StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
            StatusCodes.Status413PayloadTooLarge => "The request body is too large",
            StatusCodes.Status415UnsupportedMediaType =>
                "The body is JSON, with Content-Type: application/json",
            StatusCodes.Status422UnprocessableEntity => "The request could not be read",
            StatusCodes.Status503ServiceUnavailable => "This took too long and was stopped",
            var status => ReasonPhrases.GetReasonPhrase(status),
        };

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Pamps.Api");

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
    private static partial void LogFault(ILogger logger, Exception? exception);
}

/// <summary>A problem as clients get it.</summary>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyDictionary<string, string[]>? Errors,
    string TraceId
);

/// <summary>A problem as an endpoint's answer.</summary>
internal sealed class ProblemResult(
    int status,
    string detail,
    IReadOnlyDictionary<string, string[]>? errors = null,
    string? retryAfter = null
) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (retryAfter is not null)
        {
            httpContext.Response.Headers.RetryAfter = retryAfter;
        }
        return Problems.WriteAsync(httpContext, status, detail, errors);
    }
}

/// <summary>
/// Writes the problems of the framework and of Pamps.Auth. Unlike the framework's own writer it asks no Accept
/// header: a client that asks for HTML still learns what is wrong.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        var errors = (problem as HttpValidationProblemDetails)?.Errors.ToDictionary(x => x.Key, x => x.Value);
        await Problems.WriteAsync(
            context.HttpContext,
            status,
            problem.Detail ?? ReasonPhrases.GetReasonPhrase(status),
            errors
        );
    }
}
