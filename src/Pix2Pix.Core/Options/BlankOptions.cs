namespace Pix2Pix;

/// <summary>What is blanked of an image. Immutable.</summary>
public sealed record BlankOptions
{
    /// <summary>One block in the middle.</summary>
    public static BlankOptions Default { get; } = new();

    /// <summary>Blocks at places drawn at random; they may overlap, and lie inside the image.</summary>
    /// <value>The default is 0, at most 1000: one block in the middle.</value>
    public int RandomBlocks { get; init => field = Guard.InRange(value, 0, 1000); }

    /// <summary>The sides of a block over those of the image.</summary>
    /// <value>
    /// The default is 0.5, as in D. Pathak et al., "Context Encoders: Feature Learning by Inpainting", CVPR 2016. From 0.01 to 1.
    /// </value>
    public double Size { get; init => field = Guard.InRange(value, 0.01, 1); } = 0.5;

    /// <summary>What a block is filled with: this level in all channels but alpha.</summary>
    /// <value>The default is 128, a middle gray.</value>
    public byte Level { get; init; } = 128;

    /// <summary>Draws the places, together with the image's own pixels: an image always has the same.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }
}
