using System.Text.Json.Nodes;
using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Tests.Checkpoints;

public class TrainingIdentityTests
{
    [Fact]
    public void Differences_OfValues_AreNamedByTheirPaths()
        => Assert.Equal(
            ["A.B: 1 in the checkpoint, 2 now", "A.D: nothing in the checkpoint, null now", "A.C: x in the checkpoint, nothing now"],
            Differences("""{"A":{"B":1,"C":"x"},"Same":[1]}""", """{"A":{"B":2,"D":null},"Same":[1]}"""));

    [Fact]
    public void Differences_OfAWholeGroup_AreOneLine()
    {
        const string With = """{"Seed":1,"Validation":{"Pairs":2,"Options":{"Metric":"L1"}}}""";
        Assert.Equal(["Validation: only in the checkpoint"], Differences(With, """{"Seed":1}"""));
        Assert.Equal(["Validation: not in the checkpoint"], Differences("""{"Seed":1}""", With));
    }

    [Fact]
    public void Differences_CheckpointOfAnEarlierVersion_ReportsItsPairsFingerprint()
        => Assert.Equal(
            ["PairsFingerprint: computed from the first 16 pairs in the checkpoint (by an earlier version of the library), from all " +
                "pairs now"],
            Differences("""{"Pairs":5,"PairsFingerprint":"0a"}""", """{"Pairs":5,"PairsChecksum":"0b"}"""));

    private static IEnumerable<string> Differences(string kept, string now)
        => TrainingIdentity.Differences((JsonObject)JsonNode.Parse(kept)!, (JsonObject)JsonNode.Parse(now)!).Select(d => $"{d}");
}
