namespace EbsPv.Sandbox.Server;

/// <summary>An API that can be put back to its seed.</summary>
public interface IResettable
{
    void Reset();
}
