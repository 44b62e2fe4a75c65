using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>
/// A parameter that was read from the request and may be wrong. It is never half read: either it is right, or it
/// says what is wrong, and <see cref="RefuseBadInput"/> answers before the handler runs.
/// </summary>
internal interface ICheckedInput
{
    /// <summary>Fields with what is wrong with each; null when all is right.</summary>
    IReadOnlyDictionary<string, FieldError>? Wrong { get; }

    /// <summary>The status to refuse with.</summary>
    int RefusalStatus => StatusCodes.Status422UnprocessableEntity;
}

/// <summary>Answers for every handler whose parameters did not parse.</summary>
internal static class RefuseBadInput
{
    public static async ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var wrong = context.Arguments.OfType<ICheckedInput>().Where(x => x.Wrong is not null).ToList();
        if (wrong.Count == 0)
        {
            return await next(context);
        }
        var error = Error.Invalid(wrong.SelectMany(x => x.Wrong!).ToDictionary(x => x.Key, x => x.Value));
        var status = wrong.Max(x =>
            x.RefusalStatus == StatusCodes.Status422UnprocessableEntity ? 0 : x.RefusalStatus
        );
        return status == 0
            ? error.ToProblem()
            : new ProblemResult(status, StatusWords.CodeOf(status), error.Message);
    }
}
