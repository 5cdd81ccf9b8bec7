namespace Pix2Pix.Torch.Tests;

/// <summary>
/// The tests that compute with libtorch. They run one after the other: libtorch's threads and TorchSharp's count of living tensors belong
/// to the whole process.
/// </summary>
[CollectionDefinition(Name)]
public sealed class TorchCollection : ICollectionFixture<TorchFixture>
{
    public const string Name = "Torch";
}
