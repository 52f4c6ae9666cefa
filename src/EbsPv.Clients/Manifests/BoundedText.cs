using System.Text;
using YamlDotNet.Core;

namespace EbsPv.Clients.Manifests;

/// <summary>The characters of a manifest: UTF-8, without control characters, and no more of them than a manifest can need.</summary>
internal sealed class BoundedText(Stream stream) : TextReader
{
    /// <summary>Characters of one document.</summary>
    public const int MaxDocument = 4 * 1024 * 1024;

    /// <summary>Characters of one file.</summary>
    public const int MaxFile = 64 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // No guess by byte order marks: UTF-16 and UTF-32 would otherwise be taken, and kubectl takes neither.
    private readonly StreamReader _inner = new(stream, Strict, detectEncodingFromByteOrderMarks: false);
    private bool _opened;
    private long _line = 1;
    private long _begun;

    /// <summary>Characters that were read.</summary>
    public long Count { get; private set; }

    /// <summary>A new document begins.</summary>
    public void BeginAnew() => _begun = Count;

    public override int Peek()
    {
        Open();
        return _inner.Peek();
    }

    public override int Read(char[] buffer, int index, int count)
    {
        Open();
        var read = _inner.Read(buffer, index, count);
        for (var at = index; at < index + read; at++) Check(buffer, at);
        return read;
    }

    public override int ReadBlock(char[] buffer, int index, int count) => Read(buffer, index, count);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    // A byte order mark is no part of the text: anything in its place would indent the first key.
    private void Open()
    {
        if (_opened) return;
        _opened = true;
        if (_inner.Peek() == '\uFEFF') _inner.Read();
    }

    private void Check(char[] buffer, int at)
    {
        Count++;
        var letter = buffer[at];
        if (letter == '\n') _line++;
        // Every other byte of UTF-16 and UTF-32 is a NUL.
        if (letter == '\0' && Count <= 2) throw new DecoderFallbackException("UTF-16 or UTF-32.");
        if (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t' or '\u0085')) throw Wrong($"The control character U+{(int)letter:X4}.");
        if (Count - _begun > MaxDocument) throw Wrong($"A document of more than {MaxDocument / 1024 / 1024} MB.");
        if (Count > MaxFile) throw Wrong($"A file of more than {MaxFile / 1024 / 1024} MB.");
    }

    private YamlException Wrong(string what)
    {
        var here = new Mark(Count, _line, 1);
        return new YamlException(here, here, what);
    }
}
