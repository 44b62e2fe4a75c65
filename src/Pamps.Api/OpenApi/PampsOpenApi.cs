using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pamps.Api.Posts;
using Pamps.Api.Users;
using Pamps.Auth;

namespace Pamps.Api.OpenApi;

/// <summary>The OpenAPI document: what the endpoints say of themselves, completed with what they have in common.</summary>
public static class PampsOpenApi
{
    /// <summary>Adds the document; the host maps it to a path.</summary>
    public static IServiceCollection AddPampsOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeDocument);
            options.AddDocumentTransformer(Tidy.Document);
            options.AddPampsSecurity();
            options.AddOperationTransformer(DescribeOperation);
            options.AddSchemaTransformer(Entities.Describe);
            options.AddSchemaTransformer(Examples.AddTo);
        });

    private static Task DescribeDocument(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Pamps",
            Version = "1",
            Description =
                "A microblog server. Sign in with **Authorize** (a user name or e-mail address and a password), or send `Authorization: Bearer <access_token>`. "
                + "Refusals are problems (RFC 9457) whose `detail` is one sentence for a person. Lists are read page by page with the `Link` header.",
        };
        // Relative, so that the same document is right behind any proxy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        DescribeParameters(operation);
        DescribeAnswers(operation);
        if (operation.OperationId == "Search")
        {
            GiveEither(operation, context.Document!, nameof(PostResponse), nameof(UserResponse));
        }
        StreamDescription.AddTo(operation);
        return Task.CompletedTask;
    }

    private static void DescribeParameters(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Schema =
                Parameters.SchemaOf(operation.OperationId, parameter.Name!) ?? parameter.Schema;
        }
        if (operation.OperationId is "CreateUser" or "CreatePost" or "LikePost" or "FollowUser")
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Parameters.IdempotencyKey());
        }
    }

    /// <summary>The framework knows one answer to a status; here it is a list of one or the other.</summary>
    private static void GiveEither(
        OpenApiOperation operation,
        OpenApiDocument document,
        params string[] kinds
    )
    {
        var body = (OpenApiMediaType)operation.Responses!["200"].Content!["application/json"];
        body.Schema = new OpenApiSchema
        {
            OneOf =
            [
                .. kinds.Select(x => new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchemaReference(x, document),
                }),
            ],
        };
    }

    private static void DescribeAnswers(OpenApiOperation operation)
    {
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is OpenApiResponse response)
            {
                response.Description = Parameters.MeaningOf(status) ?? response.Description;
                Parameters.AddHeaders(operation.OperationId, status, response);
            }
        }
    }
}
