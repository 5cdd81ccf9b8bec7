using System.Buffers.Binary;

namespace Pix2Pix.ML.Data;

/// <summary>
/// The segments of a JPEG file (ITU T.81, annex B), and what they tell about damage. The decoder fills missing data with gray and reports
/// success.
/// </summary>
internal sealed class JpegSegments
{
    /// <summary>Up to this total length, segments without effect on the pixels are passed to the decoder.</summary>
    private const int MaxIgnoredLength = 1 << 16;

    // The time to decode grows with the number of scans, which need few bytes each. Encoders write about ten.
    private const int MaxScans = 100;
    private const int MaxSegments = 1 << 16;

    private const byte Marker = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte FirstRestart = 0xD0;
    private const byte App0 = 0xE0; // JFIF
    private const byte App1 = 0xE1; // EXIF or XMP
    private const byte App14 = 0xEE; // Adobe's color transform
    private const byte App15 = 0xEF;
    private const byte Comment = 0xFE;
    private const byte RestartInterval = 0xDD;
    private const int HeadLength = 4; // marker and length

    private readonly List<Segment> _segments = [];
    private JpegFrame? _frame;
    private int _restartInterval;
    private int _scans;

    /// <param name="jpeg">The file, which begins with the marker SOI.</param>
    public JpegSegments(ReadOnlySpan<byte> jpeg) => Problem = Walk(jpeg) ?? _frame?.Problem();

    /// <summary>What is wrong with the file, as a predicate, or null. Bytes after the marker EOI are ignored.</summary>
    public string? Problem { get; }

    /// <summary>The content of the first segment with EXIF data; empty if there is none.</summary>
    public ReadOnlySpan<byte> Exif(ReadOnlySpan<byte> jpeg)
    {
        foreach (var segment in _segments)
        {
            if (segment.Type == App1 && jpeg[(segment.Start + HeadLength)..segment.End].StartsWith("Exif\0"u8))
                return jpeg[(segment.Start + HeadLength)..segment.End];
        }

        return [];
    }

    /// <summary>The file, or a copy without the segments that do not change the pixels if these are long.</summary>
    public byte[] ForDecoder(byte[] jpeg)
    {
        if (_segments.Where(segment => segment.IsIgnored).Sum(segment => (long)segment.End - segment.Start) <= MaxIgnoredLength)
            return jpeg;
        using var copy = new MemoryStream(jpeg.Length);
        var from = 0;
        foreach (var segment in _segments.Where(segment => segment.IsIgnored))
        {
            copy.Write(jpeg.AsSpan(from..segment.Start));
            from = segment.End;
        }

        copy.Write(jpeg.AsSpan(from));
        return copy.ToArray();
    }

    private string? Walk(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; ;)
        {
            while (at + 1 < jpeg.Length && jpeg[at] == Marker && jpeg[at + 1] == Marker) // padding before a marker
                at++;
            if (at + 1 >= jpeg.Length)
                return "is truncated";
            var type = jpeg[at + 1];
            if (jpeg[at] != Marker || type is 0 or (>= FirstRestart and < EndOfImage))
                return $"is damaged: it has no marker at byte {at}, where a segment ends";
            if (type == EndOfImage)
                return _scans > 0 ? null : "is truncated or damaged: it has no scan";
            if (at + HeadLength > jpeg.Length)
                return "is truncated";
            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (end > jpeg.Length)
                return "is truncated";
            if (end < at + HeadLength || _segments.Count == MaxSegments)
                return $"is damaged: its segment at byte {at} has no length, or it has more than {MaxSegments:#,0} segments";
            _segments.Add(new Segment(type, at, end));
            var content = jpeg[(at + HeadLength)..end];
            at = end;
            if (type == RestartInterval && content.Length >= 2)
                _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(content);
            else if (JpegFrame.IsHeader(type))
                _frame ??= JpegFrame.Read(type, content);
            else if (type == StartOfScan && Scan(jpeg, content, ref at) is { } problem)
                return problem;
        }
    }

    // Moves behind the entropy-coded data, which contains restart markers and FF followed by 0.
    private string? Scan(ReadOnlySpan<byte> jpeg, ReadOnlySpan<byte> header, ref int at)
    {
        if (++_scans > MaxScans)
            return $"has more than {MaxScans} scans, which takes too long to decode; convert it to PNG";
        var (start, restarts) = (at, 0);
        for (; ; at += 2)
        {
            var next = jpeg[at..].IndexOf(Marker);
            if (next < 0 || at + next + 1 >= jpeg.Length)
                return "is truncated";
            at += next;
            var type = jpeg[at + 1];
            if (type == Marker)
                at--; // padding: the second FF may begin a marker
            else if (type is >= FirstRestart and < FirstRestart + 8)
            {
                if (type != FirstRestart + (restarts++ % 8))
                    return $"is damaged: its restart marker at byte {at} is out of order";
            }
            else if (type != 0)
            {
                return _frame?.ScanProblem(header, at - start, restarts, _restartInterval);
            }
        }
    }

    private readonly record struct Segment(byte Type, int Start, int End)
    {
        public bool IsIgnored => Type is Comment or (> App0 and <= App15 and not App14);
    }
}

/// <summary>The frame header of a JPEG file: which components its scans must contain.</summary>
internal sealed class JpegFrame
{
    private const int BlockSide = 8;
    private const int FirstComponentAt = 6; // precision, height, width, number of components
    private const int ComponentLength = 3; // name, sampling factors, quantization table

    private readonly bool _isSequential;
    private readonly int _width;
    private readonly int _height;
    private readonly (byte Name, int Across, int Down)[] _components;
    private readonly HashSet<byte> _found = [];

    private JpegFrame(byte type, ReadOnlySpan<byte> content)
    {
        _isSequential = type != 0xC2;
        (_height, _width) = (BinaryPrimitives.ReadUInt16BigEndian(content[1..]), BinaryPrimitives.ReadUInt16BigEndian(content[3..]));
        _components = new (byte, int, int)[content[FirstComponentAt - 1]];
        for (var i = 0; i < _components.Length; i++)
        {
            var component = content[(FirstComponentAt + (i * ComponentLength))..];
            _components[i] = (component[0], component[1] >> 4, component[1] & 15);
        }
    }

    /// <summary>Whether this is the header of a frame with Huffman coding, baseline, extended or progressive.</summary>
    public static bool IsHeader(byte type) => type is 0xC0 or 0xC1 or 0xC2;

    /// <summary>Reads a header; null if it is incomplete, or if the height follows the first scan. The decoder refuses both.</summary>
    public static JpegFrame? Read(byte type, ReadOnlySpan<byte> content)
    {
        if (content.Length < FirstComponentAt || content.Length < FirstComponentAt + (content[FirstComponentAt - 1] * ComponentLength))
            return null;
        var frame = new JpegFrame(type, content);
        return frame._height > 0 && frame._components.All(component => component is { Across: > 0, Down: > 0 }) ? frame : null;
    }

    /// <summary>What is missing after the last scan, as a predicate, or null.</summary>
    public string? Problem() => _components.All(component => _found.Contains(component.Name))
        ? null
        : "is truncated or damaged: it has no scan for one of its color components";

    /// <summary>What a scan lacks, as a predicate, or null.</summary>
    /// <param name="header">The content of the scan's header.</param>
    /// <param name="length">The length of its data in bytes.</param>
    /// <param name="restarts">The number of its restart markers.</param>
    /// <param name="interval">The number of units between these; 0 if there are none.</param>
    public string? ScanProblem(ReadOnlySpan<byte> header, int length, int restarts, int interval)
    {
        var count = header.IsEmpty ? 0 : header[0];
        if (count == 0 || header.Length < 4 + (2 * count))
            return "is damaged: the header of a scan is incomplete";
        var names = new byte[count];
        for (var i = 0; i < count; i++)
            names[i] = header[1 + (2 * i)];
        if (header[^3] != 0 || header[^1] >> 4 != 0)
            return null; // a later scan of a progressive file, of which one bit may encode thousands of blocks
        _found.UnionWith(names);
        var (units, blocks) = Units(names);
        var least = (blocks * (_isSequential ? 2 : 1)) / 8; // a code of at least one bit for DC, and another for AC
        if (length < least)
            return $"is truncated or damaged: a scan has {length:#,0} bytes; expected at least {least:#,0} for {_width}x{_height} pixels";
        var expected = interval == 0 ? 0 : (units + interval - 1) / interval - 1;
        return interval > 0 && restarts < expected
            ? $"is truncated or damaged: a scan has {restarts:#,0} restart markers; expected {expected:#,0}"
            : null;
    }

    // The number of coding units of a scan and of the blocks in them. The blocks of a single component are not padded to whole units.
    private (long Units, long Blocks) Units(byte[] names)
    {
        (byte Name, int Across, int Down)[] scanned = [.. _components.Where(component => names.Contains(component.Name))];
        if (scanned.Length == 0)
            return (0, 0);
        var (across, down) = (_components.Max(component => component.Across), _components.Max(component => component.Down));
        if (names.Length == 1)
        {
            var blocks = Ceiling(Ceiling(_width * scanned[0].Across, across), BlockSide)
                * Ceiling(Ceiling(_height * scanned[0].Down, down), BlockSide);
            return (blocks, blocks);
        }

        var units = Ceiling(_width, BlockSide * across) * Ceiling(_height, BlockSide * down);
        return (units, units * scanned.Sum(component => component.Across * component.Down));
    }

    private static long Ceiling(long length, int part) => (length + part - 1) / part;
}
