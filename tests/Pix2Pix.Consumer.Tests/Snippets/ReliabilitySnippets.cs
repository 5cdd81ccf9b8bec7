using Pix2Pix.ML;

namespace Pix2Pix.Consumer.Tests.Snippets;

/// <summary>The code of docs/training-reliability.md.</summary>
internal static class ReliabilitySnippets
{
    public static Pix2PixOptions Kept()
    {
        // <snippet>
        var options = new Pix2PixOptions { Checkpoints = new() { Folder = "checkpoints" } };
        // </snippet>
        return options;
    }
}
