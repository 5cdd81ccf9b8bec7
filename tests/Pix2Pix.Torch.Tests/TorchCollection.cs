namespace Pix2Pix.Torch.Tests;

/// <summary>
/// The tests that compute with libtorch. They run sequentially, because libtorch's threads and TorchSharp's tensor count are shared by
/// the whole process.
/// </summary>
[CollectionDefinition(Name)]
public sealed class TorchCollection : ICollectionFixture<TorchFixture>
{
    public const string Name = "Torch";
}
