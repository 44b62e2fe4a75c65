using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pamps.Api.Http;
using Pamps.Core;
using Pamps.Core.Reads;

namespace Pamps.Api.OpenApi;

/// <summary>The parameters, headers and statuses that many operations share.</summary>
internal static class Parameters
{
    public static OpenApiSchema? SchemaOf(string? operation, string parameter) =>
        (operation, parameter) switch
        {
            (_, "limit") => Integer(1, PageRequest.MaxLimit, JsonValue.Create(PageRequest.DefaultLimit)),
            (_, "before") or (_, "after") => Integer(1, Ids.Max),
            ("Search", "q") => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            ("Search", "type") => Word("post", "user"),
            ("Search", "order") => Word("newest", "oldest", "best"),
            (_, "order") => Word("newest", "oldest"),
            (_, "include_replies" or "own") => new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean,
                Default = false,
            },
            ("FollowUser" or "UnfollowUser", "id") => new OpenApiSchema { Type = JsonSchemaType.String },
            (_, "id") => Integer(1, Ids.Max),
            _ => null,
        };

    public static OpenApiParameter IdempotencyKey() =>
        new()
        {
            Name = IdempotencyHeader.Name,
            In = ParameterLocation.Header,
            Description = "Repeat a request with the same key within 24 hours to get its first answer again.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = 255,
            },
        };

    public static string? MeaningOf(string status) =>
        status switch
        {
            "200" => "Done",
            "201" => "Made",
            "204" => "Done; there is nothing to say",
            "304" => "The client's copy, named in If-None-Match, is current",
            "401" => "No token, or one that opens nothing",
            "403" => "Not the caller's to do",
            "404" => "No such thing",
            "409" => "The name or address is taken",
            "413" => "The body is too large",
            "415" => "The body is of another media type",
            "422" => "The input does not parse or breaks a rule",
            "429" => "Too fast; Retry-After says when to come again",
            "503" => "Not ready",
            _ => null,
        };

    public static void AddHeaders(string? operation, string status, OpenApiResponse response)
    {
        var isList =
            operation is not null
            && (
                (operation.StartsWith("List", StringComparison.Ordinal) && operation != "Listen")
                || operation is "ReadTimeline" or "Search"
            );
        var headers = (isList, status) switch
        {
            (true, "200") => [("Link", "The pages next to this one (RFC 8288): rel=\"next\", rel=\"prev\"")],
            (_, "200" or "304") when operation is "ReadPost" or "ReadProfile" or "ReadMe" or "ReadConfig" =>
            [
                ("ETag", "The version of what was read"),
            ],
            (_, "201") when operation is "CreatePost" or "CreateUser" =>
            [
                ("Location", "Where the new thing is"),
            ],
            (_, "401") => [("WWW-Authenticate", "Bearer")],
            (_, "429") => [("Retry-After", "Seconds to wait")],
            _ => Array.Empty<(string, string)>(),
        };
        foreach (var (name, description) in headers)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    private static OpenApiSchema Word(params string[] words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(x => JsonValue.Create(x))] };

    private static OpenApiSchema Integer(long minimum, long maximum, JsonNode? standard = null) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Minimum = minimum.ToString(CultureInfo.InvariantCulture),
            Maximum = maximum.ToString(CultureInfo.InvariantCulture),
            Default = standard,
        };
}
