namespace Pix2Pix;

/// <summary>Which parts of an image are blanked out. Immutable.</summary>
public sealed record BlankOptions
{
    /// <summary>One block in the center.</summary>
    public static BlankOptions Default { get; } = new();

    /// <summary>The number of blocks at random positions inside the image; they may overlap.</summary>
    /// <value>The default is 0, at most 1000. 0 is one block in the center.</value>
    public int RandomBlocks { get; init => field = Guard.InRange(value, 0, 1000); }

    /// <summary>The sides of a block relative to those of the image.</summary>
    /// <value>
    /// The default is 0.5, as in D. Pathak et al., "Context Encoders: Feature Learning by Inpainting", CVPR 2016. From 0.01 to 1.
    /// </value>
    public double Size { get; init => field = Guard.InRange(value, 0.01, 1); } = 0.5;

    /// <summary>The level that fills a block, in all channels except alpha.</summary>
    /// <value>The default is 128, a middle gray.</value>
    public byte Level { get; init; } = 128;

    /// <summary>The seed of the positions. It is combined with the image's pixels, so that an image always has the same blocks.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }
}
