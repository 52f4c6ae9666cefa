using System.Xml;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>EC2's version of the Query protocol.</summary>
public sealed class Ec2Service(IEnumerable<IEc2Operation> operations) : QueryService("ec2", "2016-11-15", operations)
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public override void WriteAnswer(XmlWriter xml, string action, string requestId, Action<AnswerWriter> body)
    {
        xml.WriteStartElement($"{action}Response", Namespace);
        var answer = new AnswerWriter(xml);
        answer.Text("requestId", requestId);
        body(answer);
        xml.WriteEndElement();
    }

    public override void WriteError(XmlWriter xml, string requestId, Ec2Exception error)
    {
        var answer = new AnswerWriter(xml);
        answer.Element("Response", () =>
        {
            answer.Element("Errors", () => answer.Element("Error", () =>
            {
                answer.Text("Code", error.Code);
                answer.Text("Message", error.Message);
            }));
            answer.Text("RequestID", requestId);
        });
    }
}
