using System.Reflection;
using Pamps.Api.OpenApi;

namespace Pamps.Server.Http;

/// <summary>The documentation that the program serves: the OpenAPI document, Swagger UI, and ReDoc.</summary>
internal static class Docs
{
    public static IServiceCollection AddPampsDocs(this IServiceCollection services) =>
        services.AddPampsOpenApi();

    public static void MapPampsDocs(this WebApplication app)
    {
        var document = new OpenApiBytes(app.Services);
        app.MapGet("/openapi.json", async () =>
                Results.Bytes(await document.ReadAsync(), "application/json; charset=utf-8")
            )
            .WithName("OpenApi")
            .WithSummary("The description of the API that machines read")
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet("/redoc/own-images.js", () => Results.Stream(Open("own-images.js"), "text/javascript"))
            .WithName("OwnImages")
            .WithSummary("What keeps ReDoc from asking other hosts for images")
            .AllowAnonymous()
            .ExcludeFromDescription();
        // Only where they are asked for: middleware that looks at every request costs every request.
        app.UseWhen(context => SecurityHeaders.IsDocs(context.Request.Path), UsePages);
    }

    private static void UsePages(IApplicationBuilder app)
    {
        app.UseGetForHead();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "Pamps API";
            ui.SwaggerEndpoint("../openapi.json", "Pamps API");
        });
        app.UseReDoc(ui =>
        {
            ui.RoutePrefix = "redoc";
            ui.DocumentTitle = "Pamps API";
            ui.SpecUrl("../openapi.json");
            // Its own page would fetch fonts from another host.
            ui.IndexStream = () => Open("redoc.html");
        });
    }

    private static Stream Open(string page) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(page)!;
}
