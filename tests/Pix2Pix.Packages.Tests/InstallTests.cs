namespace Pix2Pix.Packages.Tests;

/// <summary>Installation and use of the packages.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class InstallTests(PackedRepository packed)
{
    [Fact]
    public async Task Readme_Followed_TrainsTranslatesSavesAndLoads()
    {
        var app = await packed.App();

        Assert.Equal(
            ["Epoch 1 of 1, 00:00 to go", "photo.png has 64x64 pixels.", "The model in model.zip gives the same pixels: True."],
            app.Lines);
        Assert.Equal(8, Directory.GetFiles(app.App.PathOf("pairs"), "*.png").Length);
        Assert.True(new FileInfo(app.App.PathOf("photo.png")).Length > 200);
        Assert.True(new FileInfo(app.App.PathOf("model.zip")).Length > 1_000_000);
    }

    [Fact]
    public async Task Readme_Followed_TakesOurPackagesFromTheFeedOnly()
    {
        var app = await packed.App();

        var folders = Directory.GetDirectories(app.App.PathOf("../first-packages")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["pix2pix.core", "pix2pix.ml", Platform.Runtime.ToLowerInvariant(), "pix2pix.torch"], folders);
    }

    [Fact]
    public async Task MLOnly_NamesOnnxRuntime_ThenTranslatesWithIt_AndNamesLibtorchToTrain()
    {
        var first = (await packed.App()).App;
        var app = new ConsoleApp(packed, "translate");
        string[] arguments = [first.PathOf("model.zip"), first.PathOf("drawing.png"), app.PathOf("photo.png"), first.PathOf("pairs")];

        await app.Follow("dotnet new console");
        await app.Follow("dotnet add package Pix2Pix.ML");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Apps", "TranslateOnly.cs"), app.PathOf("Program.cs"), overwrite: true);
        await app.Build();
        var without = await app.Run(arguments);
        await app.Add("Microsoft.ML.OnnxRuntime", Versions.Central["Microsoft.ML.OnnxRuntime"]);
        await app.Build();
        var with = await app.Run(arguments);

        Assert.Contains("Reference the package Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu", without[0]);
        Assert.Equal("Translated to 64x64 pixels.", with[0]);
        Assert.Equal(File.ReadAllBytes(first.PathOf("photo.png")), File.ReadAllBytes(app.PathOf("photo.png")));
        Assert.StartsWith($"libtorch was not found for {Platform.Identifier}: ", with[1], StringComparison.Ordinal);
        Assert.Contains($"Add the package {Platform.Runtime} ", with[1]);
        Assert.DoesNotContain("libtorch-c", File.ReadAllText(app.PathOf("obj/project.assets.json")));
        Assert.Empty(Directory.GetFiles(app.PathOf("bin"), "*torch_cpu*", SearchOption.AllDirectories));
    }
}
