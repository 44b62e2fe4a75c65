using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Transfer;

namespace Pamps.Tests.Media;

/// <summary>Archives name pictures, and do not hold them.</summary>
public sealed class ArchivedPictureTests
{
    [Theory, OnEachDatabase]
    public async Task A_post_of_nothing_but_pictures_is_carried_as_their_descriptions(Database database)
    {
        var (source, target) = (await Workplace.OnAsync(database), await Workplace.OnAsync(database));
        await using (var pamps = await source.ServeHereAsync(database))
        {
            using var ana = new Client(pamps, "ana", id: 0);
            await ana.RegisterAsync();
            foreach (var description in new[] { "A gull", null })
            {
                var media = await ana.UploadAsync(Pictures.Of("png"), description: description);
                await ana.PostAsync("/post/", new { text = "", media_ids = new[] { (long)media["id"]! } });
            }
        }
        var archive = Path.Combine(source.Folder, "ana.archive.zip");
        (await source.RunAsync("export", "ana", archive)).Succeeded();

        (await target.RunWithInputAsync(Two.NewPassword + "\n", "import", archive)).Succeeded();

        await using var copy = await target.ServeHereAsync(database);
        using var anyone = copy.Anonymous();
        var posts = (await anyone.GetAsync("/post/user/ana/")).Items;
        Assert.Equal(["A gull", "🖼"], posts.Select(x => (string)x!["text"]!));
        Assert.All(posts, x => Assert.Empty(x!["media"]!.AsArray()));
    }
}
