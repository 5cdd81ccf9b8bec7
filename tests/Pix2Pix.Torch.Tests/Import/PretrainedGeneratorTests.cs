using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Checkpoints;
using Pix2Pix.Torch.Tests.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Import;

[Collection(TorchCollection.Name)]
public sealed class PretrainedGeneratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => [.. ImportCase.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_WeightsOfPyTorch_GiveItsImage(string name)
    {
        var reference = new ImportCase(name);
        using var generator = PretrainedGenerator.Load(reference.Path, Size(reference));
        Assert.All(reference.Statistics, statistics =>
        {
            var translation = generator.Translate(reference.Input, new() { Statistics = statistics });
            Assert.InRange(ByteDifference.Between(reference.Picture(statistics), translation.Pixels).Largest, 0, 1);
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_WeightsOfPyTorch_GiveItsImageInOnnxRuntime(string name)
    {
        var reference = new ImportCase(name);
        using var generator = PretrainedGenerator.Load(reference.Path, Size(reference));
        Assert.All(reference.Statistics, statistics =>
        {
            using var runner = new OnnxRunner(OnnxRunner.Export(generator, new() { Statistics = statistics }));
            var abgr = runner.Run(OnnxPixels.Pack(reference.Input), count: 1, reference.Options);
            var picture = OnnxPixels.Unpack(reference.Options.Width, reference.Options.Height, abgr);
            var channels = ChannelConversion.ToChannels(picture, reference.Options.Output);
            Assert.InRange(ByteDifference.Between(reference.Picture(statistics), channels.Pixels).Largest, 0, 1);
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_WeightsOfPyTorch_DetermineTheOptions(string name)
    {
        var reference = new ImportCase(name);
        using var generator = PretrainedGenerator.Load(reference.Path, Size(reference));
        Assert.Equal(reference.Options, generator.Options);
    }

    [Theory]
    [InlineData("unet_half", 128)]
    [InlineData("unet_instance", 32)]
    [InlineData("resnet_batch", 256)]
    public void Load_NoSize_IsTheUNetsOwnOr256(string name, int side)
    {
        using var generator = PretrainedGenerator.Load(new ImportCase(name).Path);
        Assert.Equal((side, side), (generator.Options.Width, generator.Options.Height));
    }

    [Theory]
    [InlineData("unet_half", ScalarType.Float16)]
    [InlineData("resnet_batch", ScalarType.Float32)]
    [InlineData("resnet_instance", ScalarType.Float64)]
    [InlineData("unet_none", ScalarType.BFloat16)]
    public void Load_SafeTensors_GiveTheSameGenerator(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var path = new ImportCase(name).Path;
        var state = StateFile.Read(path);
        Assert.Contains(state.Values, tensor => tensor.dtype == type);
        StateFile.Write(_folder.File("x"), state);

        AssertSame(path, _folder.File("x"));
    }

    [Fact]
    public void Load_PrefixesOfWrappers_AreIgnored()
    {
        using var scope = NewDisposeScope();
        var path = new ImportCase("unet_instance").Path;
        StateFile.Write(_folder.File("x"), StateFile.Read(path).ToDictionary(p => $"module._orig_mod.{p.Key}", p => p.Value));

        AssertSame(path, _folder.File("x"));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(false, false)]
    public void Load_DropoutOfAUNet_IsAsAsked(bool? asked, bool expected)
    {
        using var generator = PretrainedGenerator.Load(new ImportCase("unet_half").Path, new() { Dropout = asked });
        Assert.Equal(expected, generator.Options.Dropout);
    }

    [Fact]
    public void Load_NormAndChannelsAsked_AreTaken()
    {
        var import = new ImportOptions { Norm = NormKind.None, Input = ImageChannels.Lightness };
        using var generator = PretrainedGenerator.Load(NoStatistics(), import);
        Assert.Equal((NormKind.None, ImageChannels.Lightness), (generator.Options.Norm, generator.Options.Input));
        var plain = new ImportOptions { Width = 32, Height = 32 };
        using var told = PretrainedGenerator.Load(NoStatistics(), plain);
        Assert.Equal((NormKind.Instance, ImageChannels.Gray), (told.Options.Norm, told.Options.Input));

        string NoStatistics() => new ImportCase("resnet_instance").Path;
    }

    /// <summary>
    /// TorchSharp counts a parameter twice when it is created and once when it is disposed, so the count is compared with a reference.
    /// </summary>
    [Fact]
    public void Load_Dispose_LeavesNoTensor()
    {
        var reference = new ImportCase("resnet_legacy");
        var built = Left(() => Pix2Pix.Torch.Networks.Generator.Create(reference.Options, TensorFactory.Cpu).Dispose());
        Assert.Equal(built, Left(() => PretrainedGenerator.Load(reference.Path).Dispose()));

        static long Left(Action action)
        {
            action();
            var before = Tensors.Living();
            action();
            return Tensors.Living() - before;
        }
    }

    [Fact]
    public void Load_File_IsClosed()
    {
        File.Copy(new ImportCase("resnet_legacy").Path, _folder.File("x"));
        PretrainedGenerator.Load(_folder.File("x")).Dispose();
        using var exclusive = new FileStream(_folder.File("x"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void Load_NoFile_ReportsWhichAndWhatWasExpected() => Assert.Equal(
        $"The file '{_folder.File("x")}' does not exist; expected the weights of a generator, such as latest_net_G.pth.",
        Assert.Throws<FileNotFoundException>(() => PretrainedGenerator.Load(_folder.File("x"))).Message);

    private static ImportOptions Size(ImportCase reference) => new() { Width = reference.Options.Width, Height = reference.Options.Height };

    private static void AssertSame(string expected, string actual)
    {
        using var first = PretrainedGenerator.Load(expected);
        using var second = PretrainedGenerator.Load(actual);
        Assert.Equal(first.Options, second.Options);
        var states = (First: first.state_dict(), Second: second.state_dict());
        Assert.Equal(states.First.Keys, states.Second.Keys);
        Assert.All(states.First, p => Assert.True(p.Value.eq(states.Second[p.Key]).all().ToBoolean(), p.Key));
    }
}
