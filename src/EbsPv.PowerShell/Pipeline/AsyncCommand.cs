using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Errors;
using EbsPv.PowerShell.Loading;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>
/// The base of all cmdlets: cancelled by Ctrl+C, disposed however the pipeline ends, and one place that turns failures into errors. A
/// failure of one record is an error and the next record goes on; what makes every record fail ends the pipeline.
/// </summary>
public abstract class AsyncCommand : PSCmdlet, IDisposable, IPipelineSink
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _activities = [];
    private PipelinePump? _pump;
    private long _lastProgress;

    /// <summary>Calls under way at one time, 1 to 64.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>The pump; only Pipeline/ and the leaves' processing methods call it, on the pipeline thread.</summary>
    private protected PipelinePump Pump => _pump ??= new PipelinePump(this, _stop.Token);

    private protected static IConnector Connector => Connectors.Instance;

    private protected IReporter Reporter => Pump;

    private protected CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guarded(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (EbsPvException failure)
        {
            WriteError(ErrorRecords.From(failure));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guarded(End);
        Pump.Drain();
        CompleteProgress();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended by itself a moment ago.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Checks what needs no record; a failure ends the pipeline.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Takes one record; a failure is this record's error.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Does what needs all records; a failure ends the pipeline.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>Frees what the command holds; also called after a stop, when the ending methods are not.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        if (!_stop.IsCancellationRequested) _stop.Cancel();
        _pump?.Dispose();
        _stop.Dispose();
    }

    /// <summary>Something without which no record can be processed: its failure ends the pipeline.</summary>
    private protected T SetUp<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (EbsPvException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
            throw;
        }
    }

    /// <summary>Whether the user typed the parameter, rather than the pipeline or a default having set it. Asked in <see cref="Begin"/>.</summary>
    private protected bool IsTyped(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>A piped property that is null or empty counts as absent.</summary>
    private protected static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Whether a list of values holds none, as where a variable is empty by mistake.</summary>
    private protected static bool IsEmpty(string[]? values) => !(values ?? []).Any(value => !string.IsNullOrEmpty(value));

    /// <summary>A path as PowerShell means it: its own drives and location apply.</summary>
    private protected string? PathOf(string? path) => path is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>The cluster that is meant. Relative paths of KUBECONFIG count from PowerShell's location, along which it does not take its process.</summary>
    /// <exception cref="EbsPvException">KubeconfigNotFound, for an empty path.</exception>
    private protected KubeOptions OptionsOf(string? context, string? kubeconfig = null, bool skipCertificateCheck = false) =>
        new(NullIfEmpty(context), KubeconfigOf(kubeconfig), skipCertificateCheck) { Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath };

    /// <summary>The kubeconfig that is meant; null for the ones that kubectl would take.</summary>
    /// <exception cref="EbsPvException">KubeconfigNotFound, for an empty path.</exception>
    private protected string? KubeconfigOf(string? path)
    {
        if (path is null || !string.IsNullOrWhiteSpace(path))
        {
            try
            {
                return PathOf(path);
            }
            catch (SessionStateException nowhere)
            {
                throw EbsPvException.Input(ErrorIds.KubeconfigNotFound, $"There is no kubeconfig file '{Defaults.Escaped.Text(path)}': {nowhere.Message}", path, "Check -Kubeconfig.");
            }
        }

        throw EbsPvException.Input(
            ErrorIds.KubeconfigNotFound, "An empty path stands where a kubeconfig belongs.", path, "Leave -Kubeconfig out to take the one that kubectl takes, or give the path of a file.");
    }

    private protected void WriteFailure(EbsPvException failure, object? target = null) => WriteError(ErrorRecords.From(failure, target));

    void IPipelineSink.Object(object value) => WriteObject(value);

    void IPipelineSink.Failure(Exception exception)
    {
        if (exception is not OperationCanceledException) WriteError(ErrorRecords.From(exception));
    }

    void IPipelineSink.Verbose(string message) => WriteVerbose(message);

    void IPipelineSink.Warning(string message) => WriteWarning(message);

    void IPipelineSink.Progress(string activity, string status, int done, int total)
    {
        var now = Environment.TickCount64;
        if (done < total && now - _lastProgress < 100) return;
        _lastProgress = now;
        _activities.Add(activity);
        WriteProgress(new ProgressRecord(Id(activity), activity, status) { PercentComplete = total == 0 ? -1 : (int)(100L * done / total) });
    }

    private void CompleteProgress()
    {
        foreach (var activity in _activities)
            WriteProgress(new ProgressRecord(Id(activity), activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private static int Id(string activity) => activity.GetHashCode(StringComparison.Ordinal) & 0x7fffffff;

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (EbsPvException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
        }
    }
}
