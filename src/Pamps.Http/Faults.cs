using Microsoft.AspNetCore.Diagnostics;
using Pamps.Auth;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Http;

/// <summary>What an exception that no endpoint caught is answered with.</summary>
internal static partial class Faults
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var database = context.RequestServices.GetRequiredService<IDatabase>();
        switch (exception)
        {
            // The framework's 400 is our 422; 408, 413, 415 and the like stay what they are.
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest }:
                await AnswerUnreadableAsync(context);
                break;
            case BadHttpRequestException bad:
                await Problems.WriteAsync(context, bad.StatusCode);
                break;
            case TooManySignInsException busy:
                const string sentence = "Too many sign-ins at once; try again soon.";
                await Problems
                    .TooFast(context, sentence, busy.RetryAfter, "too_many_sign_ins")
                    .ExecuteAsync(context);
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            case OperationCanceledException:
                await AnswerUnavailableAsync(context, "stopped", "This took too long and was stopped.");
                break;
            case ReadOnlyException:
                // A copy takes minutes: who tries again sooner tries in vain.
                context.Response.Headers.RetryAfter = "60";
                await AnswerUnavailableAsync(context, "read_only", exception.Message);
                break;
            // It tells the log itself.
            case MediaStoreException:
                await AnswerUnavailableAsync(
                    context,
                    MediaErrors.StoreAway.Code,
                    MediaErrors.StoreAway.Message
                );
                break;
            case DatabaseUnavailableException:
            case not null when database.IsUnavailable(exception):
                context
                    .RequestServices.GetRequiredService<OutageLog>()
                    .Report(exception.GetBaseException().Message);
                await AnswerUnavailableAsync(context, "unavailable", "The database is not available now.");
                break;
            default:
                LogFault(Logger(context), exception);
                await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError);
                break;
        }
    }

    private static Task AnswerUnreadableAsync(HttpContext context)
    {
        const int status = StatusCodes.Status422UnprocessableEntity;
        var (code, sentence) = (StatusWords.CodeOf(status), StatusWords.SentenceOf(status));
        var fields = new Dictionary<string, FieldError> { ["body"] = new(code, sentence) };
        return Problems.WriteAsync(context, status, code, sentence, fields);
    }

    private static Task AnswerUnavailableAsync(HttpContext context, string code, string sentence) =>
        Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, code, sentence);

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Pamps.Http");

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
    private static partial void LogFault(ILogger logger, Exception? exception);
}
