namespace Pix2Pix.Packages.Tests;

/// <summary>The tests that share the packages.</summary>
[CollectionDefinition(nameof(PackagesCollection))]
public sealed class PackagesCollection : ICollectionFixture<PackedRepository>;
