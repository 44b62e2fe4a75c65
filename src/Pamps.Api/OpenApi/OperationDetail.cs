using Microsoft.OpenApi;

namespace Pamps.Api.OpenApi;

/// <summary>Metadata of an endpoint that completes its description, where the framework cannot know.</summary>
internal interface IOperationDetail
{
    void AddTo(OpenApiOperation operation, OpenApiDocument document);
}

/// <summary>What a parameter of this endpoint takes, where that is not what its name means elsewhere.</summary>
internal sealed record ParameterDetail(string Name) : IOperationDetail
{
    public Func<OpenApiSchema>? Schema { get; init; }

    public string? Description { get; init; }

    public static ParameterDetail Text(string name, int? most = null) =>
        new(name) { Schema = () => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = most } };

    public static ParameterDetail Word(string name, params string[] words) =>
        new(name) { Schema = () => Parameters.Word(words) };

    public void AddTo(OpenApiOperation operation, OpenApiDocument document)
    {
        var parameter = operation.Parameters!.OfType<OpenApiParameter>().Single(x => x.Name == Name);
        parameter.Schema = Schema?.Invoke() ?? parameter.Schema;
        parameter.Description = Description ?? parameter.Description;
    }
}

/// <summary>The framework knows one answer to a status; here it is a list of one kind or of another.</summary>
internal sealed record EitherList(params string[] Kinds) : IOperationDetail
{
    public void AddTo(OpenApiOperation operation, OpenApiDocument document)
    {
        var body = (OpenApiMediaType)operation.Responses!["200"].Content!["application/json"];
        body.Schema = new OpenApiSchema
        {
            OneOf =
            [
                .. Kinds.Select(x => new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchemaReference(x, document),
                }),
            ],
        };
    }
}
