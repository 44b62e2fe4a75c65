using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pamps.Auth;

/// <summary>Describes sign-in in a host's OpenAPI document.</summary>
public static class PampsAuthOpenApi
{
    private const string Scheme = "OAuth2PasswordBearer";

    /// <summary>
    /// Adds the OAuth2 password flow as a security scheme, which is what gives documentation pages
    /// their Authorize button; names it on every endpoint that asks for a sign-in; and describes the
    /// bodies of the endpoints that read theirs themselves (<see cref="RequestBodyMetadata"/>).
    /// </summary>
    /// <param name="options">The host's document.</param>
    /// <param name="tokenPath">Where the form is sent to.</param>
    /// <param name="refreshPath">Where refresh tokens are exchanged; null to leave it out.</param>
    /// <returns>The same options.</returns>
    public static OpenApiOptions AddPampsSecurity(
        this OpenApiOptions options,
        string tokenPath = "/token",
        string? refreshPath = "/refresh_token"
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var scheme = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2,
            Flows = new OpenApiOAuthFlows
            {
                Password = new OpenApiOAuthFlow
                {
                    TokenUrl = new Uri(tokenPath, UriKind.RelativeOrAbsolute),
                    RefreshUrl = refreshPath is null
                        ? null
                        : new Uri(refreshPath, UriKind.RelativeOrAbsolute),
                    Scopes = new Dictionary<string, string>(),
                },
            },
        };
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[Scheme] = scheme;
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(DescribeAsync);
        return options;
    }

    private static async Task DescribeAsync(
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

        var content = new Dictionary<string, OpenApiMediaType>();
        var isRequired = true;
        foreach (var body in metadata.OfType<RequestBodyMetadata>())
        {
            isRequired &= body.IsRequired;
            content[body.ContentType] = new OpenApiMediaType
            {
                Schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken),
            };
        }

        if (content.Count > 0)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = isRequired, Content = content };
        }
    }
}
