using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>Writes the image pool to checkpoints and restores it.</summary>
internal sealed class ImagePoolState : ITrainingState
{
    private readonly ImagePool _pool;
    private readonly Device _device;

    /// <param name="pool">The pool.</param>
    /// <param name="device">The device of its images.</param>
    public ImagePoolState(ImagePool pool, Device device)
    {
        _pool = pool;
        _device = device;
    }

    public string Name => "image_pool";

    public void Write(StateWriter to)
    {
        to.Value(new Content(_pool.Pairs.Count));
        foreach (var (i, (input, image)) in _pool.Pairs.Index())
        {
            to.Varying(InputName(i), input);
            to.Varying(ImageName(i), image);
        }
    }

    public void Read(StateReader from)
    {
        using var scope = NewDisposeScope();
        _pool.Restore(Enumerable.Range(0, from.Value<Content>().Count)
            .Select(i => (from.Tensor(InputName(i), _device), from.Tensor(ImageName(i), _device))));
    }

    private static string InputName(int i) => $"{i}.input";

    private static string ImageName(int i) => $"{i}.image";

    private sealed record Content(int Count);
}
