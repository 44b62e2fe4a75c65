using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pamps.Auth;

namespace Pamps.Api.OpenApi;

/// <summary>The OpenAPI document: what the endpoints say of themselves, completed with what they have in common.</summary>
public static class PampsOpenApi
{
    private const string Scheme = "OAuth2PasswordBearer";

    /// <summary>Adds the document; the host maps it to a path.</summary>
    public static IServiceCollection AddPampsOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeDocument);
            options.AddDocumentTransformer(Tidy.Document);
            options.AddOperationTransformer(DescribeOperation);
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
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2,
            Flows = new OpenApiOAuthFlows
            {
                Password = new OpenApiOAuthFlow
                {
                    TokenUrl = new Uri("/token", UriKind.Relative),
                    RefreshUrl = new Uri("/refresh_token", UriKind.Relative),
                    Scopes = new Dictionary<string, string>(),
                },
            },
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeOperation(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [],
                },
            ];
        }
        if (metadata.OfType<RequestBodyMetadata>().SingleOrDefault() is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [body.ContentType] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken),
                    },
                },
            };
        }
        DescribeParameters(operation);
        DescribeAnswers(operation, context);
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

    private static void DescribeAnswers(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context
    )
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
