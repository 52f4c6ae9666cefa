namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>The states of an instance and the codes that EC2 gives them.</summary>
public static class InstanceState
{
    private static readonly Dictionary<string, int> Codes = new(StringComparer.Ordinal)
    {
        ["pending"] = 0, ["running"] = 16, ["shutting-down"] = 32, ["terminated"] = 48, ["stopping"] = 64, ["stopped"] = 80,
    };

    public static bool IsKnown(string name) => Codes.ContainsKey(name);

    public static int CodeOf(string name) => Codes[name];
}
