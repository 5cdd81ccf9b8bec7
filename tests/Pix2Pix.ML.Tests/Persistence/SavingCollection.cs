namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>The tests that save models. They run sequentially, because one of them checks for temporary files of this process.</summary>
[CollectionDefinition(Name)]
public sealed class SavingCollection : ICollectionFixture<TrainedModel>
{
    public const string Name = "Saving";
}
