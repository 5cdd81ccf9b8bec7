namespace Pix2Pix;

/// <summary>
/// The settings of Isola et al. 2017 for each of its data sets, for use as they are or as a starting point: <c>Pix2PixRecipes.Facades with
/// { ... }</c>. docs/recipes.md describes the layout of the data sets and the training time of each.
/// </summary>
/// <remarks>
/// <para>
/// Common to all (sections 3.2 to 3.4, appendix 6.1 and 6.2): the U-Net for 256x256 pixels and the discriminator of 70x70 pixels with 64
/// filters, batch normalization with the statistics of the current images, weights from N(0, 0.02), Adam with a learning rate of 0.0002 and
/// momenta of 0.5 and 0.999, L1 with a weight of 100, and dropout during translation as well. The recipes differ in what appendix 6.2 lists
/// per data set: epochs, batch size, jitter and mirroring.
/// </para>
/// <para>
/// The learning rate is constant: neither the paper nor the authors' first code has a schedule. Their later code decays it linearly to zero
/// in the second half, which is the default of <see cref="TrainingOptions.Schedule"/>.
/// </para>
/// <para>
/// "Left" and "right" are the halves of the images that the authors published, each of which contains a pair side by side: see
/// <see cref="PairSide"/>.
/// </para>
/// </remarks>
public static class Pix2PixRecipes
{
    /// <summary>Facades, labels to photographs: 400 pairs, 200 epochs, batch 1, jitter and mirroring.</summary>
    /// <remarks>
    /// CMP Facades (Tylecek and Sara 2013); 400 pairs for training, 100 for validation, 106 for testing. The photograph is the left half,
    /// so the input is the right half.
    /// </remarks>
    public static Pix2PixOptions Facades { get; } = Recipe(epochs: 200, batch: 1);

    /// <summary>Google Maps, maps to aerial photographs or back: 1096 pairs, 200 epochs, batch 1, jitter and mirroring.</summary>
    /// <remarks>
    /// From in and around New York City; the training and test sets are separated by latitude. The photograph is the left half and the map
    /// the right half; the paper shows both directions. The published images have 600x600 pixels per half.
    /// </remarks>
    public static Pix2PixOptions Maps { get; } = Recipe(epochs: 200, batch: 1);

    /// <summary>Cityscapes, labels to photographs: 2975 pairs, 200 epochs, batch 1, jitter and mirroring.</summary>
    /// <remarks>
    /// The training set of Cordts et al. 2016; the paper tests on their validation set. The paper uses batch 1 except in the comparison
    /// with the encoder-decoder, which uses 10. The photograph is the left half, so the input is the right half.
    /// </remarks>
    public static Pix2PixOptions Cityscapes { get; } = Recipe(epochs: 200, batch: 1);

    /// <summary>Edges to shoes: 50,000 pairs, 15 epochs, batch 4.</summary>
    /// <remarks>
    /// UT Zappos50K (Yu and Grauman 2014); edges by HED (Xie and Tu 2015) with postprocessing. The edges are the left half: the input. The
    /// paper does not mention jitter and mirroring here; they are on, as in the defaults of the authors' code.
    /// </remarks>
    public static Pix2PixOptions EdgesToShoes { get; } = Recipe(epochs: 15, batch: 4);

    /// <summary>Edges to handbags: 137,000 pairs, 15 epochs, batch 4.</summary>
    /// <remarks>Handbags of Zhu et al. 2016; edges, halves, jitter and mirroring as for <see cref="EdgesToShoes"/>.</remarks>
    public static Pix2PixOptions EdgesToHandbags { get; } = Recipe(epochs: 15, batch: 4);

    /// <summary>Black and white to color: 1.2 million photographs, about 6 epochs, batch 4, mirroring without jitter.</summary>
    /// <remarks>
    /// ImageNet (Russakovsky et al. 2015). There are no pairs on disk: the lightness of a photograph (CIE L*a*b*) is the input, and its a*
    /// and b* are the target, so input and target are the same column.
    /// </remarks>
    public static Pix2PixOptions Colorization { get; } = Recipe(epochs: 6, batch: 4) with
    {
        Generator = new() { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma },
        Training = Schedule(epochs: 6, batch: 4) with { Augmentation = new() { LoadScale = 1 } },
    };

    /// <summary>Day to night: 17,823 pairs, 17 epochs, batch 4, jitter and mirroring.</summary>
    /// <remarks>
    /// 91 webcams of Laffont et al. 2014 for training, 10 others for testing. Look at a pair before you choose the input side.
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
