using System.Text;

namespace EbsPv.Tests.Clients.Yaml;

/// <summary>A file that is far too long, made as it is read: a beginning, and one text again and again.</summary>
internal sealed class EndlessStream(string beginning, long length, string again = "xxxxxxxxxxxxxxxx") : Stream
{
    private readonly byte[] _beginning = Encoding.UTF8.GetBytes(beginning);
    private readonly byte[] _again = Encoding.UTF8.GetBytes(again);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - _position);
        for (var index = 0; index < read; index++, _position++)
            buffer[offset + index] = _position < _beginning.Length ? _beginning[_position] : _again[(_position - _beginning.Length) % _again.Length];
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
