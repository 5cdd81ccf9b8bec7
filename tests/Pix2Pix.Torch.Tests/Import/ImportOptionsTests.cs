using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Import;

public class ImportOptionsTests
{
    [Fact]
    public void Default_AllValues_AreLeftToTheWeights()
    {
        var options = ImportOptions.Default;
        Assert.Null(options.Width);
        Assert.Null(options.Height);
        Assert.Null(options.Input);
        Assert.Null(options.Output);
        Assert.Null(options.Norm);
        Assert.Null(options.Dropout);
    }

    [Fact]
    public void Init_ValuesOutOfRange_AreRefused()
    {
        RangeError.AssertNames("Width is 7; expected a multiple of 4 from 8 to 16384, best a power of two.", () => new ImportOptions { Width = 7 });
        RangeError.AssertNames("Height is 2; expected a multiple of 4 from 8 to 16384, best a power of two.", () => new ImportOptions { Height = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportOptions { Input = (ImageChannels)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportOptions { Output = (ImageChannels)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportOptions { Norm = (NormKind)9 });
    }
}
