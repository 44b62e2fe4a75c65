using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Pamps.Auth;

internal static class TokenFormReader
{
    public static async Task<(TokenForm? Form, IResult? Rejection)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!request.HasFormContentType)
        {
            return (null, Problems.WrongContentType("The body must be a form"));
        }

        try
        {
            return Check(await request.ReadFormAsync(cancellationToken));
        }
        // A body over the host's limit is an IOException too, and the host's to answer.
        catch (Exception broken)
            when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return (
                null,
                Problems.Invalid(
                    "The form cannot be read",
                    new Dictionary<string, FieldProblem>
                    {
                        ["body"] = new("unreadable", "Must be a form that can be read"),
                    }
                )
            );
        }
    }

    private static (TokenForm?, IResult?) Check(IFormCollection form)
    {
        var errors = new Dictionary<string, FieldProblem>();
        var username = Required(form, "username", errors);
        var password = Required(form, "password", errors);
        var grant = form["grant_type"];
        if (!StringValues.IsNullOrEmpty(grant) && grant != "password")
        {
            errors["grant_type"] = new("unknown_word", "Must be \"password\" or empty");
        }

        var otp = form["otp"];
        if (otp.Count > 1)
        {
            errors["otp"] = new("given_twice", "Must be given once");
        }

        return errors.Count == 0
            ? (new TokenForm(username, password, Otp: otp), null)
            : (null, Problems.Invalid("The form is not valid", errors));
    }

    private static string Required(IFormCollection form, string name, Dictionary<string, FieldProblem> errors)
    {
        var values = form[name];
        if (values.Count == 1 && !string.IsNullOrEmpty(values[0]))
        {
            return values[0]!;
        }

        errors[name] =
            values.Count > 1 ? new("given_twice", "Must be given once") : new("required", "Field required");
        return "";
    }
}
