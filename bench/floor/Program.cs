using System.Globalization;
using Floor;

// The yardstick of bench/run: the same answers as Pamps' hottest routes, from the same database, with nothing around them.
//   floor PORT sqlite:///PATH|postgresql://USER:PASSWORD@HOST:PORT/NAME
//   floor hash COUNT ITERATIONS     what one password hash costs here
if (args is ["hash", var count, var iterations])
{
    BareHash.Measure(
        int.Parse(count, CultureInfo.InvariantCulture),
        int.Parse(iterations, CultureInfo.InvariantCulture)
    );
    return;
}

var port = int.Parse(args[0], CultureInfo.InvariantCulture);
await using var database = Database.Open(args[1]);
using var writer = await Writer.OpenAsync(database);

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder
    .WebHost.UseKestrelCore()
    .ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(System.Net.IPAddress.Loopback, port);
    });
builder.Services.AddRoutingCore();
var app = builder.Build();
app.UseRouting();
app.MapGet("/post/", (RequestDelegate)(context => Answers.HomeAsync(context, database)));
app.MapGet("/post/{id:long}/", (RequestDelegate)(context => Answers.PostAsync(context, database)));
app.MapGet("/user/{username}/", (RequestDelegate)(context => Answers.ProfileAsync(context, database)));
app.MapPost("/post/", (RequestDelegate)(context => Answers.CreateAsync(context, writer)));

// WebApplication calls UseEndpoints only where its own builder added routing.
app.UseEndpoints(_ => { });
await app.RunAsync();
