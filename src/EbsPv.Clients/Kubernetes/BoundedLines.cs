namespace EbsPv.Clients.Kubernetes;

/// <summary>The lines of a watch, none of them longer than any object can be: the library reads a line to its end before it looks at it.</summary>
internal sealed class BoundedLines(Stream inner) : Stream
{
    /// <summary>Bytes of one line. Kubernetes takes objects of up to 3 MB.</summary>
    public const int MaxLine = 16 * 1024 * 1024;

    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Counted(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Counted(buffer.Span[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(ReadOnlySpan<byte> read)
    {
        var end = read.LastIndexOf((byte)'\n');
        _length = end < 0 ? _length + read.Length : read.Length - end - 1;
        return _length <= MaxLine ? read.Length : throw new IOException($"a line of the watch has more than {MaxLine / 1024 / 1024} MB.");
    }
}
