using Pix2Pix.Torch.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Optimization;

/// <summary>libtorch keeps these settings for the whole process, with or without CUDA.</summary>
[Collection(TorchCollection.Name)]
public class TensorFloat32Tests
{
    private static readonly Device Gpu = new(DeviceType.CUDA, 0);

    private static (bool Products, bool Convolutions) Settings => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);

    /// <summary>The default that float32 training has to override.</summary>
    [Fact]
    public void Settings_OfLibtorch_AllowItToConvolutions() => Assert.True(Settings.Convolutions);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void On_Cuda_LastsUntilDisposed(bool allowed)
    {
        var before = Settings;
        using (TensorFloat32.On(Gpu, allowed))
            Assert.Equal((allowed, allowed), Settings);
        Assert.Equal(before, Settings);
    }

    /// <summary>Like a step within a training.</summary>
    [Fact]
    public void On_WithinAnother_EndsAsTheOther()
    {
        using var exact = TensorFloat32.On(Gpu, allowed: false);
        using (TensorFloat32.On(Gpu, allowed: true))
            Assert.Equal((true, true), Settings);
        Assert.Equal((false, false), Settings);
    }

    [Fact]
    public void On_Cpu_ChangesNothing()
    {
        var before = Settings;
        using var none = TensorFloat32.On(CPU, allowed: !before.Convolutions);
        Assert.Null(none);
        Assert.Equal(before, Settings);
    }

    [Fact]
    public void Train_OnACpu_GivesTheBitsOfFloat32()
    {
        Assert.Equal(Trained(TrainingPrecision.Float32), Trained(TrainingPrecision.TensorFloat32));

        static float[] Trained(TrainingPrecision precision)
        {
            using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Precision = precision });
            trainer.Train(TinyTraining.Pairs(3));
            return TinyTraining.Weights(trainer);
        }
    }
}
