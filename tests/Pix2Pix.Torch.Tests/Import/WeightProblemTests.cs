using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Weights that do not match a generator or the requested options: one message lists all problems.</summary>
[Collection(TorchCollection.Name)]
public sealed class WeightProblemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Load_WrongWeights_NamesAllOfThem()
    {
        var state = State("unet_half");
        state.Remove("model.model.0.weight");
        state.Remove("model.model.1.model.3.model.2.running_var");
        state["model.model.3.bias"] = zeros(3, 1);
        state["model.model.1.model.1.weight"] = zeros([4, 2, 4, 4], ScalarType.Int32);
        state["model.model.1.model.1.bias"] = zeros(4);
        state["epoch\n"] = zeros(1);

        AssertProblems(
            state,
            ImportOptions.Default,
            "'model.model.0.weight' is missing; expected 2x3x4x4.",
            "'model.model.3.bias' is 3x1; expected 3.",
            "'model.model.1.model.1.weight' has type Int32; expected Float32, Float16, BFloat16 or Float64.",
            "'model.model.1.model.3.model.2.running_var' is missing; expected 8.",
            "'model.model.1.model.1.bias' does not belong to this network.",
            "'epoch?' does not belong to this network.");
    }

    [Fact]
    public void Load_WrongWeightsOfAResNet_NamesAllOfThemAsInTheFile()
    {
        var state = State("resnet_batch");
        state.Remove("module.model.10.conv_block.7.bias");
        state["module.model.4.weight"] = zeros(4, 3, 3, 3);
        state["module.model.10.conv_block.0.weight"] = zeros(1);

        AssertProblems(
            state,
            ImportOptions.Default,
            "'module.model.4.weight' is 4x3x3x3; expected 4x2x3x3.",
            "'module.model.10.conv_block.7.bias' is missing; expected 8.",
            "'module.model.10.conv_block.0.weight' does not belong to this network.");
    }

    /// <summary>A wrong weight does not make the correct ones appear wrong.</summary>
    [Fact]
    public void Load_OutermostWeightOfOtherFilters_NamesOnlyIt()
    {
        var state = State("unet_half");
        state["model.model.0.weight"] = zeros(5, 3, 4, 4);
        AssertProblems(state, ImportOptions.Default, "'model.model.0.weight' is 5x3x4x4; expected 2x3x4x4.");
    }

    [Fact]
    public void Load_SomeBiasesOfAnInstanceNorm_NamesTheOthers()
    {
        var state = State("unet_instance");
        state.Remove("model.model.0.bias");
        AssertProblems(state, ImportOptions.Default, "'model.model.0.bias' is missing; expected 1.");
    }

    [Fact]
    public void Load_SizeOfAnotherUNet_NamesTheSizesThatFit() => AssertProblems(
        State("unet_half"),
        new() { Width = 256, Height = 256 },
        "It is a U-Net with 7 downsampling layers, which requires sides whose largest common power-of-two divisor is 128, but 256x256 " +
        "was requested; leave Width and Height unset for 128x128.");

    [Fact]
    public void Load_TwoChannels_MustBeAsked()
    {
        var state = State("resnet_legacy");
        state["model.18.weight"] = zeros(2, 2, 7, 7);
        state["model.18.bias"] = zeros(2);

        AssertProblems(
            state,
            ImportOptions.Default,
            "Output has 2 channels. The colorization models of pytorch-CycleGAN-and-pix2pix scale a and b by 110, this library by " +
            "127.5, so the colors would be wrong. If the model was trained with this library's scale, set Output to Chroma.");
        using var generator = PretrainedGenerator.Load(_folder.File("x"), new() { Output = ImageChannels.Chroma });
        Assert.Equal(2, generator.Options.OutputChannels);
    }

    [Fact]
    public void Load_ManyChannels_CannotBe()
    {
        var state = State("resnet_legacy");
        state["model.1.weight"] = zeros(2, 5, 7, 7);
        AssertProblems(
            state,
            new() { Output = ImageChannels.Rgb },
            "Input has 5 channels; expected 1, 3 or 4.",
            "Output is Rgb, which needs 3 channels, but the network has 1.");
    }

    [Fact]
    public void Load_Discriminator_IsNamed() => AssertError(
        new Dictionary<string, Tensor> { ["model.0.weight"] = zeros(64, 6, 4, 4), ["model.0.bias"] = zeros(64) },
        "Its tensors do not match a generator: 'model.0.bias', 'model.0.weight'. Expected a UnetGenerator ('model.model.0.weight', ...) " +
        "or a ResnetGenerator ('model.1.weight', 'model.10.conv_block.1.weight', ...) of pytorch-CycleGAN-and-pix2pix, such as " +
        "latest_net_G.pth; latest_net_D.pth contains the discriminator.");

    [Fact]
    public void Load_TooManyTensors_IsRejected() => AssertError(
        Enumerable.Range(0, 4097).ToDictionary(i => $"model.model.{i}", i => zeros(0)),
        "It contains 4097 tensors; expected at most 4096.");

    [Fact]
    public void Load_SafeTensorsWithAHugeHeader_IsRejected()
    {
        File.WriteAllBytes(_folder.File("x"), [1, 0, 0x40, 0, 0, 0, 0, 0, (byte)'{']);
        Assert.EndsWith("Its header length is 4194305 bytes; expected at most 4194304.", Error(ImportOptions.Default));
    }

    [Fact]
    public void Load_TooManyBlocks_IsRejected()
    {
        var state = State("resnet_legacy");
        foreach (var name in state.Keys.Where(n => n.Contains("conv_block")).ToList())
            state[name.Replace("10", "42")] = state[name];
        StateFile.Write(_folder.File("x"), state);
        Assert.Contains("It is a ResNet with more than 32 blocks; expected at most 32.", Error(ImportOptions.Default));
    }

    [Fact]
    public void Load_DeepUNet_ReportsWhereItDiffers()
    {
        var state = State("unet_half");
        // Three more blocks: the innermost block moves inwards, and copies of its neighbor fill the gap.
        const string Inner = "model.model.1.model.3.model.3.model.3.model.3.model.";
        var block = state.Where(p => p.Key.StartsWith(Inner) && !p.Key[Inner.Length..].StartsWith("3.")).ToList();
        var innermost = state.Where(p => p.Key.StartsWith($"{Inner}3.")).ToList();
        innermost.ForEach(p => state.Remove(p.Key));
        for (var (i, start) = (0, Inner); i < 3; i++)
        {
            start += "3.model.";
            block.ForEach(p => state[start + p.Key[Inner.Length..]] = p.Value);
            if (i == 2)
                innermost.ForEach(p => state[start + p.Key[Inner.Length..]] = p.Value);
        }

        StateFile.Write(_folder.File("x"), state);
        using (var generator = PretrainedGenerator.Load(_folder.File("x")))
            Assert.Equal((1024, false), (generator.Options.Width, generator.Options.Dropout));
        AssertProblems(
            state,
            new() { Dropout = true },
            "Dropout is requested, but a U-Net with 10 downsampling layers has 5 dropout layers in PyTorch and three in this library; " +
            "leave Dropout unset. Translations without dropout are identical.");
    }

    private Dictionary<string, Tensor> State(string name) => StateFile.Read(new ImportCase(name).Path);

    private void AssertProblems(Dictionary<string, Tensor> state, ImportOptions options, params string[] problems)
    {
        StateFile.Write(_folder.File("x"), state);
        var lines = Error(options).Split("\n  ");
        Assert.Equal($"'{_folder.File("x")}' cannot be imported. Its weights do not match a generator:", lines[0]);
        Assert.Equal(problems.Order(), lines[1..].Order());
    }

    private void AssertError(Dictionary<string, Tensor> state, string error)
    {
        StateFile.Write(_folder.File("x"), state);
        Assert.Equal($"'{_folder.File("x")}' cannot be imported. {error}", Error(ImportOptions.Default));
    }

    private string Error(ImportOptions options)
    {
        var error = Assert.Throws<WeightImportException>(() => PretrainedGenerator.Load(_folder.File("x"), options));
        Assert.Equal(_folder.File("x"), error.Path);
        return error.Message;
    }
}
