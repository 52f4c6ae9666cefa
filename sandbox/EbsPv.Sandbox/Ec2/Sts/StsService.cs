using System.Xml;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Sts;

/// <summary>STS' version of the Query protocol.</summary>
public sealed class StsService(IEnumerable<IEc2Operation> operations) : QueryService("sts", "2011-06-15", operations)
{
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public override void WriteAnswer(XmlWriter xml, string action, string requestId, Action<AnswerWriter> body)
    {
        xml.WriteStartElement($"{action}Response", Namespace);
        var answer = new AnswerWriter(xml);
        answer.Element($"{action}Result", () => body(answer));
        answer.Element("ResponseMetadata", () => answer.Text("RequestId", requestId));
        xml.WriteEndElement();
    }

    public override void WriteError(XmlWriter xml, string requestId, Ec2Exception error)
    {
        xml.WriteStartElement("ErrorResponse", Namespace);
        var answer = new AnswerWriter(xml);
        answer.Element("Error", () =>
        {
            answer.Text("Type", error.Status < 500 ? "Sender" : "Receiver");
            answer.Text("Code", error.Code);
            answer.Text("Message", error.Message);
        });
        answer.Text("RequestId", requestId);
        xml.WriteEndElement();
    }
}
