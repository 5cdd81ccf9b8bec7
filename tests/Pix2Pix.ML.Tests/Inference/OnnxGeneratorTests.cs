using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Tests.Inference;

public sealed class OnnxGeneratorTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Translate_Batch_GivesWhatSingleImagesGive()
    {
        using var generator = Open();
        var inputs = new byte[3 * generator.Shape.ImageLength];
        new Random(1).NextBytes(inputs);
        var batch = new byte[inputs.Length];
        generator.Translate(inputs, batch, count: 3);

        for (var i = 0; i < 3; i++)
        {
            var single = new byte[generator.Shape.ImageLength];
            generator.Translate(inputs[(i * single.Length)..((i + 1) * single.Length)], single);
            Assert.Equal(single, batch[(i * single.Length)..((i + 1) * single.Length)]);
        }
    }

    [Fact]
    public void Translate_AfterDispose_Throws()
    {
        var generator = Open();
        generator.Dispose();
        generator.Dispose();

        var image = new byte[generator.Shape.ImageLength];
        Assert.Throws<ObjectDisposedException>(() => generator.Translate(image, image));
    }

    [Fact]
    public async Task Dispose_WhileOthersTranslate_NeverCrashes()
    {
        for (var round = 0; round < 100; round++)
        {
            var generator = Open();
            using var started = new CountdownEvent(3);
            var workers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                var (input, output) = (new byte[generator.Shape.ImageLength], new byte[generator.Shape.ImageLength]);
                started.Signal();
                try
                {
                    while (true)
                        generator.Translate(input, output);
                }
                catch (ObjectDisposedException)
                {
                }
            })).ToArray();
            started.Wait();
            generator.Dispose();
            await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public void Open_NoModel_ReportsIt()
    {
        var error = Assert.Throws<InvalidDataException>(() => new OnnxGenerator([1, 2, 3], OpenOptions.Default, new Pix2PixLog(null, "test")));

        Assert.StartsWith("ONNX Runtime cannot load the model (3 bytes): ", error.Message);
    }

    private OnnxGenerator Open() => new(TestModels.Onnx(model.Transformer), OpenOptions.Default, new Pix2PixLog(null, "test"));
}
