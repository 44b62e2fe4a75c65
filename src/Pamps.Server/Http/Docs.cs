using Pamps.Api.OpenApi;

namespace Pamps.Server.Http;

/// <summary>The documentation that the program serves: the OpenAPI document, Swagger UI, and ReDoc.</summary>
internal static class Docs
{
    public static IServiceCollection AddPampsDocs(this IServiceCollection services) =>
        services.AddPampsOpenApi();

    public static void MapPampsDocs(this WebApplication app)
    {
        app.MapOpenApi("/openapi.json").AllowAnonymous();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "Pamps API";
            ui.SwaggerEndpoint("../openapi.json", "Pamps API");
            ui.EnablePersistAuthorization();
        });
        app.UseReDoc(ui =>
        {
            ui.RoutePrefix = "redoc";
            ui.DocumentTitle = "Pamps API";
            ui.SpecUrl("../openapi.json");
        });
    }
}
