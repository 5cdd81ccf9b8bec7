using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// A pool of translations of earlier steps, each with its input, which keeps earlier translations in the discriminator's training
/// (Shrivastava et al. 2017, section 2.3; one image at a time, as in CycleGAN). Until the pool is full, each translation is stored and
/// returned. After that, with a probability of one half, a stored translation is returned instead and replaced by the new one. Holds
/// native memory.
/// </summary>
internal sealed class ImagePool : IDisposable
{
    private readonly int _size;
    private readonly List<(Tensor Input, Tensor Image)> _pairs = [];

    /// <param name="size">The maximum number of pairs; 0 disables the pool, so that it returns its arguments.</param>
    public ImagePool(int size) => _size = size;

    /// <summary>The stored pairs, (1, C, H, W) each. They are the complete state of the pool.</summary>
    public IReadOnlyList<(Tensor Input, Tensor Image)> Pairs => _pairs;

    /// <summary>Restores the state of another pool, as far as it fits into this one. Copies the tensors.</summary>
    public void Restore(IEnumerable<(Tensor Input, Tensor Image)> pairs)
    {
        Dispose();
        _pairs.AddRange(pairs.Take(_size).Select(pair => Detached(pair.Input, pair.Image)));
    }

    /// <summary>Stores some of the translations of a batch and returns earlier ones in their place.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="image">The translations, (N, C', H, W), detached.</param>
    /// <param name="seed">The seed, which must differ between steps.</param>
    /// <returns>The same number of pairs, owned by the current scope.</returns>
    public (Tensor Input, Tensor Image) Exchange(Tensor input, Tensor image, int seed)
    {
        if (_size == 0)
            return (input, image);
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        var exchanged = new List<(Tensor Input, Tensor Image)>();
        for (var i = 0; i < image.shape[0]; i++)
        {
            var (ofInput, ofImage) = (input.narrow(0, i, 1), image.narrow(0, i, 1));
            if (_pairs.Count < _size)
            {
                _pairs.Add(Detached(ofInput, ofImage));
            }
            else if (random.Next(2) == 1)
            {
                var index = random.Next(_size);
                var earlier = _pairs[index];
                _pairs[index] = Detached(ofInput, ofImage);
                (ofInput, ofImage) = earlier;
                scope.Attach(ofInput);
                scope.Attach(ofImage);
            }

            exchanged.Add((ofInput, ofImage));
        }

        return (
            cat([.. exchanged.Select(pair => pair.Input)], 0).MoveToOuterDisposeScope(),
            cat([.. exchanged.Select(pair => pair.Image)], 0).MoveToOuterDisposeScope());
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

    private static (Tensor Input, Tensor Image) Detached(Tensor input, Tensor image)
        => LongLived.Tensors(() => (input.detach().clone(), image.detach().clone()));
}

/// <summary>Writes the image pool to checkpoints and restores it.</summary>
internal sealed class ImagePoolState : ITrainingState
{
    private readonly ImagePool _pool;
    private readonly GeneratorOptions _generator;
    private readonly TensorFactory _factory;

    /// <param name="pool">The pool.</param>
    /// <param name="generator">The generator, whose inputs and outputs the pool contains.</param>
    /// <param name="factory">The device and type of the images.</param>
    public ImagePoolState(ImagePool pool, GeneratorOptions generator, TensorFactory factory)
    {
        _pool = pool;
        _generator = generator;
        _factory = factory;
    }

    public string Name => "image_pool";

    public void Write(StateWriter to)
    {
        to.Value(new ImagePoolContent(_pool.Pairs.Count));
        foreach (var (i, (input, image)) in _pool.Pairs.Index())
        {
            to.Varying(InputName(i), input);
            to.Varying(ImageName(i), image);
        }
    }

    public void Read(StateReader from)
    {
        using var scope = NewDisposeScope();
        _pool.Restore(Enumerable.Range(0, from.Value<ImagePoolContent>().Count)
            .Select(i => (Image(InputName(i), _generator.InputChannels), Image(ImageName(i), _generator.OutputChannels))));

        Tensor Image(string name, int channels)
            => from.Tensor(name, _factory.Type, [1, channels, _generator.Height, _generator.Width], _factory.Device);
    }

    private static string InputName(int i) => $"{i}.input";

    private static string ImageName(int i) => $"{i}.image";
}

/// <summary>The values that a checkpoint contains besides the tensors of the pool.</summary>
internal sealed record ImagePoolContent(int Count)
{
    public int Count { get; } = Guard.InRange(Count, 0, 10_000, nameof(Count));
}
