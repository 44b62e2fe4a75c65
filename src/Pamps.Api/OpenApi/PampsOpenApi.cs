using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pamps.Auth;
using Pamps.Http;

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
            options.AddSchemaTransformer(Tidy.Schema);
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
                + "Refusals are problems (RFC 9457) whose `code` is a stable word for programs and whose `detail` is one sentence for a person; `codes` and `limits` say the same of single fields. Lists are read page by page with the `Link` header.",
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
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Schema = Parameters.SchemaOf(parameter.Name!) ?? parameter.Schema;
        }
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Parameters.IdempotencyKey());
        }
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is OpenApiResponse response)
            {
                response.Description = ResponseDetails.MeaningOf(status) ?? response.Description;
                ResponseDetails.AddHeaders(operation, metadata, status, response);
            }
        }
        foreach (var detail in metadata.OfType<IOperationDetail>())
        {
            detail.AddTo(operation, context.Document!);
        }
        return Task.CompletedTask;
    }
}
