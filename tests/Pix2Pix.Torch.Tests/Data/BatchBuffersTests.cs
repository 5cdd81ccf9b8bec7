using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Data;

[Collection(TorchCollection.Name)]
public class BatchBuffersTests
{
    private static readonly GeneratorOptions Generator = new() { Width = 32, Height = 32, Output = ImageChannels.Gray };

    [Fact]
    public void First_FewerImages_AreThoseThatWereWritten()
    {
        using var buffer = new BatchBuffer(Generator, images: 3);
        buffer.Input(1).Fill(0.5f);
        buffer.Target(1).Fill(-0.5f);

        var (input, target) = buffer.First(2, CPU);

        using (input)
        using (target)
        {
            Assert.Equal([2, 3, 32, 32], input.shape);
            Assert.Equal([2, 1, 32, 32], target.shape);
            Assert.All(Tensors.Floats(input)[(3 * 1024)..], value => Assert.Equal(0.5f, value));
            Assert.All(Tensors.Floats(target)[1024..], value => Assert.Equal(-0.5f, value));
        }
    }

    [Fact]
    public void Rent_AfterReturn_GivesTheSameMemory()
    {
        using var buffers = new BatchBuffers(Generator, images: 2);
        var (first, second) = (buffers.Rent(), buffers.Rent());
        Assert.NotSame(first, second);

        buffers.Return(first);

        Assert.Same(first, buffers.Rent());
        buffers.Return(first);
        buffers.Return(second);
    }

    [Fact]
    public void Dispose_WhileABufferIsOut_FreesItWhenItComesBack()
    {
        var before = Tensors.Living();
        var buffers = new BatchBuffers(Generator, images: 2);
        var (first, second) = (buffers.Rent(), buffers.Rent());
        buffers.Return(first);

        buffers.Dispose();
        Assert.Equal(before + 2, Tensors.Living());
        buffers.Return(second);

        Assert.Equal(before, Tensors.Living());
    }
}
