namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>One action of the API.</summary>
public interface IEc2Operation
{
    string Action { get; }

    /// <summary>The parameters it knows, by the first part of their names; EC2 refuses any other.</summary>
    IReadOnlySet<string> Parameters { get; }

    /// <summary>What the request is about, for the ledger and for faults; it must not throw.</summary>
    string Target(QueryNode parameters);

    void Run(Ec2Request request, AnswerWriter answer);
}
