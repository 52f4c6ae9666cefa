namespace EbsPv.PowerShell.Pipeline;

/// <summary>What the pump writes to, on the pipeline thread only.</summary>
internal interface IPipelineSink
{
    void Object(object value);

    void Failure(Exception exception);

    void Verbose(string message);

    void Warning(string message);

    void Progress(string activity, string status, int done, int total);
}
