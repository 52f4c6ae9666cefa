namespace EbsPv.Ports;

/// <summary>Where work says what it is doing. It may be called from any thread; nothing that is said may hold a secret.</summary>
public interface IReporter
{
    /// <summary>One line for -Verbose.</summary>
    void Verbose(string message);

    /// <summary>A warning that begins with its id.</summary>
    void Warning(string message);

    /// <summary>How far something is that takes longer than a moment.</summary>
    void Progress(string activity, string status, int done, int total);
}
