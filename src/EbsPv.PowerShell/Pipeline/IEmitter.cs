namespace EbsPv.PowerShell.Pipeline;

/// <summary>Where a work item hands over its results. It waits while the pipeline is behind, so that memory stays flat.</summary>
internal interface IEmitter
{
    Task EmitAsync(object value);
}
