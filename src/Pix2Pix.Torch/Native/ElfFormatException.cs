namespace Pix2Pix.Torch.Native;

/// <summary>A file is not an ELF library, or its bytes contradict each other. The message names the file and the fault.</summary>
internal sealed class ElfFormatException(string file, string fault)
    : Exception($"'{file}' is not a usable ELF library: {fault}.");
