using System.Xml;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>A service that speaks the Query protocol: its name, its version and the envelopes of its answers.</summary>
public abstract class QueryService(string name, string version, IEnumerable<IEc2Operation> operations)
{
    private readonly Dictionary<string, IEc2Operation> _operations =
        operations.ToDictionary(operation => operation.Action, StringComparer.Ordinal);

    public string Name => name;

    public string Version => version;

    public IEc2Operation? Find(string action) => _operations.GetValueOrDefault(action);

    public abstract void WriteAnswer(XmlWriter xml, string action, string requestId, Action<AnswerWriter> body);

    public abstract void WriteError(XmlWriter xml, string requestId, Ec2Exception error);
}
