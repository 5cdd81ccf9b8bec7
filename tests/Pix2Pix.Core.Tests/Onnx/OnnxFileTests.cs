using System.Diagnostics;
using System.Globalization;
using Pix2Pix.Onnx;

namespace Pix2Pix.Core.Tests.Onnx;

/// <summary>Models that store weights in other files, wherever onnx.proto allows a tensor.</summary>
public sealed class OnnxFileTests : IDisposable
{
    private const string Refusal = "The ONNX model stores weights in another file; expected a model that contains all of its weights.";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pix2pix-tests-");
    private readonly DirectoryInfo _folder;

    public OnnxFileTests() => _folder = _root.CreateSubdirectory("model");

    public static TheoryData<string> Places => [.. Models.Keys];

    private string Model => Path.Combine(_folder.FullName, "model.onnx");

    private static Dictionary<string, Func<ProtoMessage, ProtoMessage>> Models { get; } = new()
    {
        ["initializer"] = tensor => InGraph(Of(5, tensor)),
        ["initializer of a second graph"] = tensor => InGraph(new()).Add(7, Of(5, tensor)),
        ["sparse initializer, values"] = tensor => InGraph(Of(15, Of(1, tensor))),
        ["sparse initializer, indices"] = tensor => InGraph(Of(15, Of(2, tensor))),
        ["attribute, tensor"] = tensor => InAttribute(Of(5, tensor)),
        ["attribute, second tensor"] = tensor => InAttribute(Of(5, new ProtoMessage()).Add(5, tensor)),
        ["attribute, tensors"] = tensor => InAttribute(Of(10, tensor)),
        ["attribute, sparse tensor"] = tensor => InAttribute(Of(22, Of(1, tensor))),
        ["attribute, sparse tensors"] = tensor => InAttribute(Of(23, Of(2, tensor))),
        ["subgraph"] = tensor => InAttribute(Of(6, Of(5, tensor))),
        ["subgraphs"] = tensor => InAttribute(Of(11, Of(15, Of(1, tensor)))),
        ["node of a subgraph of a subgraph"] = tensor => InAttribute(Of(6, Of(1, Of(5, Of(11, Of(1, Of(5, Of(5, tensor)))))))),
        ["function, node"] = tensor => InGraph(new()).Add(25, Of(7, Of(5, Of(5, tensor)))),
        ["function, default attribute"] = tensor => InGraph(new()).Add(25, Of(11, Of(5, tensor))),
        ["training, initialization"] = tensor => InGraph(new()).Add(20, Of(1, Of(5, tensor))),
        ["training, algorithm"] = tensor => InGraph(new()).Add(20, Of(2, Of(1, Of(5, Of(5, tensor))))),
    };

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Places))]
    public void RequireSelfContained_WeightsInAnotherFile_IsRefused(string place)
    {
        OnnxFile.RequireSelfContained(Bytes(Models[place](Internal([1, 2, 3, 4]))));

        foreach (var location in new long[] { 1, 2, -1, (1L << 32) + 1 })
        {
            var model = Models[place](Internal([]).Add(14, 0L).Add(14, location));
            Assert.Equal(Refusal, Assert.Throws<InvalidDataException>(() => OnnxFile.RequireSelfContained(Bytes(model))).Message);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Read_WeightsInTheFolder_InlinesThem(string place)
    {
        Write("weights.bin", [9, 1, 2, 3, 4, 9]);
        Write("model.onnx", Bytes(Models[place](External("weights.bin", offset: "1", length: "4"))));

        var read = OnnxFile.Read(Model);

        Assert.Equal(Bytes(Models[place](Internal([1, 2, 3, 4]))), read);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Read_WeightsOutsideTheFolder_IsRefused(string place)
    {
        var outside = Path.Combine(_root.FullName, "outside.bin");
        File.WriteAllBytes(outside, [1, 2, 3, 4]);
        _folder.CreateSubdirectory("inside");
        foreach (var location in new[] { outside, "../outside.bin", "inside/../../outside.bin", "..\\outside.bin", "", "a\0b" })
        {
            Write("model.onnx", Bytes(Models[place](External(location))));
            Assert.Equal(
                $"'{Model}' cannot be read as an ONNX model: It references the weights file '{location}'; expected a file in its own folder.",
                Refused());
        }
    }

    [Fact]
    public void Read_LinksOutOfTheFolder_AreRefused()
    {
        var outside = _root.CreateSubdirectory("outside");
        var secret = Path.Combine(outside.FullName, "secret.bin");
        File.WriteAllBytes(secret, [1, 2, 3, 4]);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "first.bin"), secret);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "second.bin"), "first.bin");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "linked"), outside.FullName);
        foreach (var location in new[] { "first.bin", "second.bin", "linked/secret.bin" })
        {
            Write("model.onnx", Bytes(InGraph(Of(5, External(location)))));
            Assert.Equal(
                $"'{Model}' cannot be read as an ONNX model: It references the weights file '{location}', a link to '{secret}'; expected a " +
                "file in its own folder.",
                Refused());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_LinksToAModelAndItsWeights_AreFollowed(bool ofTheFolder)
    {
        var blobs = _root.CreateSubdirectory("blobs");
        File.WriteAllBytes(Path.Combine(blobs.FullName, ofTheFolder ? "model.onnx" : "12"), Bytes(InGraph(Of(5, External("weights.bin")))));
        File.WriteAllBytes(Path.Combine(blobs.FullName, ofTheFolder ? "weights.bin" : "34"), [1, 2, 3, 4]);
        if (ofTheFolder)
        {
            _folder.Delete();
            Directory.CreateSymbolicLink(_folder.FullName, blobs.FullName);
        }
        else
        {
            File.CreateSymbolicLink(Model, Path.Combine(blobs.FullName, "12"));
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, "weights.bin"), "../blobs/34");
        }

        Assert.Equal(Bytes(InGraph(Of(5, Internal([1, 2, 3, 4])))), OnnxFile.Read(Model));
    }

    [Theory]
    [InlineData("0", "5", "Its weights are 5 bytes at offset 0 of '{0}', but the file has only 4 bytes.")]
    [InlineData("4", "1", "Its weights are 1 bytes at offset 4 of '{0}', but the file has only 4 bytes.")]
    [InlineData("9223372036854775807", "1", "Its weights are 1 bytes at offset 9223372036854775807 of '{0}', but the file has only 4 bytes.")]
    [InlineData("1", "9223372036854775807", "Its weights are 9223372036854775807 bytes at offset 1 of '{0}', but the file has only 4 bytes.")]
    [InlineData("5", null, "Its weights are 0 bytes at offset 5 of '{0}', but the file has only 4 bytes.")]
    [InlineData("-1", "1", "The offset of its weights is '-1'; expected a number.")]
    [InlineData("0", "9223372036854775808", "The length of its weights is '9223372036854775808'; expected a number.")]
    public void Read_RangesOutsideTheWeightsFile_AreRefused(string offset, string? length, string fault)
    {
        Write("weights.bin", [1, 2, 3, 4]);
        Write("model.onnx", Bytes(InGraph(Of(5, External("weights.bin", offset, length)))));

        var weights = Path.Combine(_folder.FullName, "weights.bin");
        Assert.Equal(
            $"'{Model}' cannot be read as an ONNX model: {string.Format(CultureInfo.InvariantCulture, fault, weights)}", Refused());
    }

    [Fact]
    public void Read_ManyTensorsFromTheSameBytes_AllocatesNothing()
    {
        Write("weights.bin", new byte[1 << 20]);
        Write("model.onnx", Bytes(InGraph(new ProtoMessage().AddEach(5, Enumerable.Repeat(External("weights.bin"), 1000)))));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith(
            $"'{Model}' cannot be read as an ONNX model: The model with its weights, which overlap in their files, has 10", Refused());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Read_MissingWeights_NamesBothFiles()
    {
        Write("model.onnx", Bytes(InGraph(Of(5, External("gone.bin")))));

        var error = Assert.Throws<FileNotFoundException>(() => OnnxFile.Read(Model));

        Assert.Equal(
            $"The weights file '{Path.Combine(_folder.FullName, "gone.bin")}' of '{Model}' does not exist; expected it next to the model.",
            error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("com.microsoft")]
    public void RequireSelfContained_ANodeThatLoadsAFile_IsRefused(string domain)
    {
        var node = new ProtoMessage().Add(4, "EPContext").Add(7, domain);
        foreach (var model in new[] { InGraph(Of(1, node)), InAttribute(Of(6, Of(1, node))), InGraph(new()).Add(25, Of(7, node)) })
        {
            Assert.Equal(
                "The ONNX model contains an EPContext node, so it was compiled for one device; expected the model that it was " +
                "compiled from.",
                Assert.Throws<InvalidDataException>(() => OnnxFile.RequireSelfContained(Bytes(model))).Message);
        }
    }

    [Fact]
    public void RequireSelfContained_DeepNesting_IsRefused()
    {
        var graph = new ProtoMessage();
        for (var i = 0; i < 40; i++)
            graph = Of(1, Of(5, Of(6, graph)));

        var error = Assert.Throws<InvalidDataException>(() => OnnxFile.RequireSelfContained(Bytes(InGraph(graph))));

        Assert.Equal("The ONNX model has more than 100 levels of nested messages.", error.Message);
    }

    [Fact]
    public void Read_APointerOfGitLfs_NamesTheRemedy()
    {
        Write("model.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"u8.ToArray());

        Assert.Equal(
            $"'{Model}' cannot be read as an ONNX model: It is a Git LFS pointer instead of the file; download the file with 'git lfs " +
            "pull'.",
            Refused());
    }

    [Theory]
    [InlineData("/dev/zero", "0")]
    [InlineData("/dev/zero", "1000")]
    [InlineData("pipe", "0")]
    [InlineData("pipe", "1")]
    public void Read_WeightsInAPipeOrDevice_AreNotOpened(string kind, string length)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        var weights = Path.Combine(_folder.FullName, "weights.bin");
        if (kind == "pipe")
            Process.Start("mkfifo", weights).WaitForExit();
        else
            File.CreateSymbolicLink(weights, kind);
        Write("model.onnx", Bytes(InGraph(Of(5, External("weights.bin", "0", length)))));

        var error = Record.Exception(() => OnnxFile.Read(Model));

        Assert.True(error is InvalidDataException || (kind == "pipe" && length == "0" && error is null), $"{error}");
    }

    [Fact]
    public void Read_WeightsThatAreAPointerOfGitLfs_NamesTheRemedy()
    {
        Write("weights.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"u8.ToArray());
        Write("model.onnx", Bytes(InGraph(Of(5, External("weights.bin", "0", "1000")))));

        Assert.EndsWith("It is a Git LFS pointer instead of the file; download the file with 'git lfs pull'.", Refused());
    }

    private static ProtoMessage Of(int field, ProtoMessage message) => new ProtoMessage().Add(field, message);

    private static ProtoMessage InGraph(ProtoMessage graph) => Of(7, graph);

    private static ProtoMessage InAttribute(ProtoMessage attribute) => InGraph(Of(1, Of(5, attribute)));

    private static ProtoMessage Internal(byte[] values) => new ProtoMessage().Add(1, 4L).Add(2, 2L).Add(9, values);

    private static ProtoMessage External(string location, string? offset = null, string? length = null)
    {
        var tensor = new ProtoMessage().Add(1, 4L).Add(2, 2L).Add(14, 1L);
        foreach (var (key, value) in new[] { ("location", location), ("offset", offset), ("length", length) })
        {
            if (value is not null)
                tensor.Add(13, StringStringEntryProto.Of(key, value));
        }

        return tensor;
    }

    private static byte[] Bytes(ProtoMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);

    private string Refused() => Assert.Throws<InvalidDataException>(() => OnnxFile.Read(Model)).Message;
}
