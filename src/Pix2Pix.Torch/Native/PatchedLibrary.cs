using System.Buffers.Binary;

namespace Pix2Pix.Torch.Native;

/// <summary>Makes some version needs of a library weak, so that the loader accepts a libstdc++ that lacks them.</summary>
internal static class PatchedLibrary
{
    public static byte[] Create(byte[] library, string name, IReadOnlyCollection<string> versions)
    {
        byte[] weakened = [.. library];
        using var elf = new ElfFile(new MemoryStream(library, writable: false), name);
        foreach (var need in ElfVersions.Needs(elf).Where(n => n.Library == StandardLibrary.Name && versions.Contains(n.Version)))
        {
            var flags = weakened.AsSpan((int)need.FlagsOffset, sizeof(ushort));
            ushort value = BinaryPrimitives.ReadUInt16LittleEndian(flags);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(value | ElfVersions.WeakFlag));
        }
        return weakened;
    }
}
