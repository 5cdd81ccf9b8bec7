namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>The tests that save models. They run one after the other: one of them looks for temporary files of this process.</summary>
[CollectionDefinition(Name)]
public sealed class SavingCollection : ICollectionFixture<TrainedModel>
{
    public const string Name = "Saving";
}
