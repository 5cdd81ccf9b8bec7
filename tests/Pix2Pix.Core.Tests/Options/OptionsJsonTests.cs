using System.Text.Json;

namespace Pix2Pix.Core.Tests.Options;

public class OptionsJsonTests
{
    [Fact]
    public void Write_Options_IsOneLineWithNamesOfEnums()
    {
        Assert.Equal(
            """{"Width":256,"Height":256,"Kind":"UNet","Input":"Rgb","Output":"Rgb","Filters":64,"Norm":"Batch","""
            + "\"Skips\":\"ActivatedTogether\",\"Dropout\":true,\"Upsampling\":\"TransposedConvolution\",\"ResidualBlocks\":9}",
            OptionsJson.Write(GeneratorOptions.Default));
        Assert.Equal(
            """{"Statistics":"Image","Dropout":false,"DropoutSeed":1}""", OptionsJson.Write(InferenceOptions.Default));
    }

    [Fact]
    public void Read_WhatWasWritten_GivesEqualOptions()
    {
        AssertRoundTrip(new GeneratorOptions
        {
            Width = 96,
            Height = 1024,
            Input = ImageChannels.Gray,
            Output = ImageChannels.Rgba,
            Filters = 7,
            Norm = NormKind.None,
            Skips = SkipConnections.BeforeActivation,
            Dropout = false,
        });
        AssertRoundTrip(new DiscriminatorOptions { Filters = 3, Norm = NormKind.Instance });
        AssertRoundTrip(new InferenceOptions { Statistics = NormStatistics.Running, Dropout = true, DropoutSeed = -5 });
        AssertRoundTrip(new TrainingOptions { LearningRate = 0.1 + 0.2, Seed = int.MinValue, Threads = 3, Augmentation = AugmentationOptions.None });
        AssertRoundTrip(TrainingOptions.Default);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("256")]
    [InlineData("\"Width\"")]
    [InlineData("""{"Width":256} {"Width":256}""")]
    [InlineData("""{"Width":null}""")]
    [InlineData("""{"Width":"256"}""")]
    [InlineData("""{"Width":256.5}""")]
    [InlineData("""{"Width":1e99}""")]
    [InlineData("""{"Width":33}""")]
    [InlineData("""{"Filters":-1}""")]
    [InlineData("""{"Norm":"Layer"}""")]
    [InlineData("""{"Norm":17}""")]
    [InlineData("""{"Norm":"\ud800"}""")]
    [InlineData("""{"Attention":true}""")]
    [InlineData("""{"$type":"System.IO.FileInfo, System.Runtime"}""")]
    [InlineData("""{"Width":32,"Width":64}""")]
    public void Read_NotTheseOptions_ThrowsInvalidData(string json)
        => Assert.Throws<InvalidDataException>(() => OptionsJson.Read(json, GeneratorOptions.Default));

    [Fact]
    public void Read_ValueOutOfRange_SaysTextAndRange()
    {
        var error = Assert.Throws<InvalidDataException>(() => OptionsJson.Read("""{"Filters":1000}""", GeneratorOptions.Default));
        Assert.Equal(
            """The JSON cannot be read as GeneratorOptions: {"Filters":1000}. Filters is 1000; expected a value from 1 to 128. """
            + $"(Parameter 'Filters'){Environment.NewLine}Actual value was 1000.",
            error.Message);
    }

    [Fact]
    public void Read_Null_SaysSo()
    {
        var error = Assert.Throws<InvalidDataException>(() => OptionsJson.Read("null", GeneratorOptions.Default));
        Assert.Equal("The JSON is null; expected an object.", error.Message);
    }

    [Fact]
    public void Read_EndlessText_QuotesItsStart()
    {
        var json = new string('[', 100_000);
        var error = Assert.Throws<InvalidDataException>(() => OptionsJson.Read(json, GeneratorOptions.Default));
        Assert.StartsWith($"The JSON cannot be read as GeneratorOptions: {json[..200]}.... ", error.Message);
        Assert.InRange(error.Message.Length, 200, 600);
    }

    [Fact]
    public void Read_TextOfAnEarlierVersion_TakesMissingOptionsFromTheDefaults()
    {
        var options = OptionsJson.Read("""{"Seed":5,"Losses":{"L1Weight":7},"Schedule":{}}""", TrainingOptions.Default);

        Assert.Equal(new TrainingOptions { Seed = 5, Losses = new() { L1Weight = 7 } }, options);
    }

    [Fact]
    public void Write_ReflectionIsOff_UsesGeneratedCode()
    {
        Assert.False(JsonSerializer.IsReflectionEnabledByDefault);
        AssertRoundTrip(ValidationOptions.Default);
        AssertRoundTrip(PreprocessingOptions.Default);
    }

    private static void AssertRoundTrip<T>(T options)
        where T : class
        => Assert.Equal(options, OptionsJson.Read<T>(OptionsJson.Write(options)));
}
