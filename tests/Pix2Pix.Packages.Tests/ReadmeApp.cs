namespace Pix2Pix.Packages.Tests;

/// <summary>The application that the packed README describes, installed, built and run with two steps of training.</summary>
internal sealed class ReadmeApp
{
    // Eight pairs in batches of four, one epoch.
    private static readonly string[] TwoSteps = ["8", "1"];

    private ReadmeApp(ConsoleApp app, string[] lines) => (App, Lines) = (app, lines);

    public ConsoleApp App { get; }

    /// <summary>What the program printed.</summary>
    public string[] Lines { get; }

    public static async Task<ReadmeApp> Create(PackedRepository packed)
    {
        using var package = packed.Open("Pix2Pix.ML");
        var readme = new Readme(package.Text("README.md"));
        var app = new ConsoleApp(packed, "first");
        foreach (var command in readme.Commands)
            await app.Follow(command);
        File.WriteAllText(app.PathOf("Program.cs"), readme.Program);
        await app.Build();
        return new(app, await app.Run(TwoSteps));
    }
}
