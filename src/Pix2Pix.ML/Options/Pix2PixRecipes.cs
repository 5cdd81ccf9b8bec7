namespace Pix2Pix;

/// <summary>
/// The settings of Isola et al. 2017 for each of its data sets, to be used as they are or as a start: <c>Pix2PixRecipes.Facades with
/// { ... }</c>. docs/recipes.md has the layout of the data sets and the time that each needs.
/// </summary>
/// <remarks>
/// <para>
/// Common to all (sections 3.2 to 3.4, appendix 6.1 and 6.2): the U-Net for 256x256 pixels and the discriminator of 70x70 pixels with 64
/// filters, batch normalization with the statistics of the images at hand, weights from N(0, 0.02), Adam with a rate of 0.0002 and momenta
/// of 0.5 and 0.999, L1 times 100, and dropout in use also when translating. What differs is what appendix 6.2 lists by data set: the
/// epochs, the batch, jitter and mirroring.
/// </para>
/// <para>
/// The learning rate is constant: the paper has no schedule, nor has the authors' first code. Their later code lets it fall to zero in the
/// second half, which is the default of <see cref="TrainingOptions.Schedule"/>.
/// </para>
/// <para>
/// "Left" and "right" are the halves of the images that the authors published, each of which holds a pair side by side: see
/// <see cref="PairSide"/>.
/// </para>
/// </remarks>
public static class Pix2PixRecipes
{
    /// <summary>Facades, labels to photographs: 400 pairs, 200 epochs, batch 1, jitter and mirroring.</summary>
    /// <remarks>
    /// CMP Facades (Tylecek and Sara 2013); 400 pairs to learn from, 100 to validate, 106 to test. The photograph is the left half, so the
    /// input is the right one.
    /// </remarks>
    public static Pix2PixOptions Facades { get; } = Recipe(epochs: 200, batch: 1);

    /// <summary>Google Maps, maps to aerial photographs or back: 1096 pairs, 200 epochs, batch 1, jitter and mirroring.</summary>
    /// <remarks>
    /// From in and around New York City; learnt from and tested north and south of a latitude. The photograph is the left half and the map
    /// the right one; the paper shows both directions. The published images are of 600x600 pixels a half.
    /// </remarks>
    public static Pix2PixOptions Maps { get; } = Recipe(epochs: 200, batch: 1);

    /// <summary>Cityscapes, labels to photographs: 2975 pairs, 200 epochs, batch 1, jitter and mirroring.</summary>
    /// <remarks>
    /// The training set of Cordts et al. 2016; the paper tests with their validation set. It has batch 1 for all but the comparison with
    /// the encoder-decoder, which has 10. The photograph is the left half, so the input is the right one.
    /// </remarks>
    public static Pix2PixOptions Cityscapes { get; } = Recipe(epochs: 200, batch: 1);

    /// <summary>Edges to shoes: 50,000 pairs, 15 epochs, batch 4.</summary>
    /// <remarks>
    /// UT Zappos50K (Yu and Grauman 2014); edges by HED (Xie and Tu 2015) and a cleaning. The edges are the left half: the input. The paper
    /// does not speak of jitter and mirroring here; they are on, as in the defaults of the authors' code.
    /// </remarks>
    public static Pix2PixOptions EdgesToShoes { get; } = Recipe(epochs: 15, batch: 4);

    /// <summary>Edges to handbags: 137,000 pairs, 15 epochs, batch 4.</summary>
    /// <remarks>
    /// Handbags of Zhu et al. 2016; edges as those of <see cref="EdgesToShoes"/>, and so are the halves, jitter and mirroring.
    /// </remarks>
    public static Pix2PixOptions EdgesToHandbags { get; } = Recipe(epochs: 15, batch: 4);

    /// <summary>Black and white to colour: 1.2 million photographs, about 6 epochs, batch 4, mirroring without jitter.</summary>
    /// <remarks>
    /// ImageNet (Russakovsky et al. 2015). There are no pairs on disk: a photograph's lightness (CIE L*a*b*) is the input, and its a* and
    /// b* are the target, so input and target are the same column.
    /// </remarks>
    public static Pix2PixOptions Colorization { get; } = Recipe(epochs: 6, batch: 4) with
    {
        Generator = new() { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma },
        Training = Schedule(epochs: 6, batch: 4) with { Augmentation = new() { LoadScale = 1 } },
    };

    /// <summary>Day to night: 17,823 pairs, 17 epochs, batch 4, jitter and mirroring.</summary>
    /// <remarks>
    /// 91 webcams of Laffont et al. 2014 to learn from, 10 others to test. Look at a pair before you choose the side of the input.
    /// </remarks>
    public static Pix2PixOptions DayToNight { get; } = Recipe(epochs: 17, batch: 4);

    private static Pix2PixOptions Recipe(int epochs, int batch) => new()
    {
        Training = Schedule(epochs, batch),
        Inference = new() { Statistics = NormStatistics.Image, Dropout = true },
    };

    private static TrainingOptions Schedule(int epochs, int batch)
        => new() { Epochs = epochs, BatchSize = batch, Schedule = new() { DecayShare = 0 } };
}
