using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Translations of earlier steps, each with its input, for the discriminator not to forget (Shrivastava et al. 2017, section 2.3; an
/// image at a time, as in CycleGAN). While it fills, each translation is kept and shown. Then, with a probability of one half, an
/// earlier one is shown in its place, and replaced by it. Holds native memory.
/// </summary>
internal sealed class ImagePool : IDisposable
{
    private readonly int _size;
    private readonly List<(Tensor Input, Tensor Image)> _pairs = [];

    /// <param name="size">How many it holds at most; 0: it shows what it is given.</param>
    public ImagePool(int size) => _size = size;

    /// <summary>What it holds, (1, C, H, W) each: its whole state.</summary>
    public IReadOnlyList<(Tensor Input, Tensor Image)> Pairs => _pairs;

    /// <summary>Takes up the state of another pool of the same size. Copies the tensors.</summary>
    public void Restore(IEnumerable<(Tensor Input, Tensor Image)> pairs)
    {
        Dispose();
        _pairs.AddRange(pairs.Select(pair => Kept(pair.Input, pair.Image)));
    }

    /// <summary>Keeps some of the translations of a batch and shows others for them.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="image">The translations, (N, C', H, W), detached.</param>
    /// <param name="seed">Another one for each step.</param>
    /// <returns>As many pairs, for the open scope to dispose of.</returns>
    public (Tensor Input, Tensor Image) Exchange(Tensor input, Tensor image, int seed)
    {
        if (_size == 0)
            return (input, image);
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        var shown = new List<(Tensor Input, Tensor Image)>();
        for (var i = 0; i < image.shape[0]; i++)
        {
            var (ofInput, ofImage) = (input.narrow(0, i, 1), image.narrow(0, i, 1));
            if (_pairs.Count < _size)
            {
                _pairs.Add(Kept(ofInput, ofImage));
            }
            else if (random.Next(2) == 1)
            {
                var place = random.Next(_size);
                var earlier = _pairs[place];
                _pairs[place] = Kept(ofInput, ofImage);
                (ofInput, ofImage) = earlier;
                scope.Attach(ofInput);
                scope.Attach(ofImage);
            }

            shown.Add((ofInput, ofImage));
        }

        return (
            cat([.. shown.Select(pair => pair.Input)], 0).MoveToOuterDisposeScope(),
            cat([.. shown.Select(pair => pair.Image)], 0).MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        foreach (var (input, image) in _pairs)
        {
            input.Dispose();
            image.Dispose();
        }

        _pairs.Clear();
    }

    private static (Tensor Input, Tensor Image) Kept(Tensor input, Tensor image)
        => LongLived.Tensors(() => (input.detach().clone(), image.detach().clone()));
}
