using System.Text;
using System.Xml;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>An answer written in full: a refusal half-way leaves no half answer behind.</summary>
public sealed record QueryAnswer(int Status, string? ErrorCode, string RequestId, ReadOnlyMemory<byte> Body)
{
    // Seeded tags may hold what XML does not allow; the clients are to see it as it is.
    private static readonly XmlWriterSettings Format = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static QueryAnswer Serve(QueryService service, IEc2Operation operation, Ec2Request request)
    {
        var requestId = Guid.NewGuid().ToString();
        var body = Write(xml => service.WriteAnswer(xml, operation.Action, requestId, answer => operation.Run(request, answer)));
        return new QueryAnswer(StatusCodes.Status200OK, null, requestId, body);
    }

    public static QueryAnswer Refuse(QueryService service, Ec2Exception error)
    {
        var requestId = Guid.NewGuid().ToString();
        return new QueryAnswer(error.Status, error.Code, requestId, Write(xml => service.WriteError(xml, requestId, error)));
    }

    public Task SendAsync(HttpResponse response) => SendAsync(response, Body.Length);

    /// <summary>As if the rest of it were to follow.</summary>
    public async Task SendHalfAsync(HttpResponse response)
    {
        await SendAsync(response, Body.Length / 2);
        await response.Body.FlushAsync();
        throw new AnswerCutException();
    }

    private async Task SendAsync(HttpResponse response, int bytes)
    {
        response.StatusCode = Status;
        response.ContentType = "text/xml;charset=UTF-8";
        response.ContentLength = Body.Length;
        response.Headers["x-amzn-RequestId"] = RequestId;
        await response.Body.WriteAsync(Body[..bytes]);
    }

    private static ReadOnlyMemory<byte> Write(Action<XmlWriter> write)
    {
        var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Format)) write(xml);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
