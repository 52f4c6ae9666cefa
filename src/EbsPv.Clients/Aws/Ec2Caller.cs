using System.Diagnostics;
using Amazon.Runtime;
using EbsPv.Errors;
using EbsPv.Ports;
using Polly;
using Polly.Retry;

namespace EbsPv.Clients.Aws;

/// <summary>Sends calls: paced before, told to -Verbose after, repeated when that is safe.</summary>
internal sealed class Ec2Caller
{
    // The SDK's own retries are off: they know neither EC2's buckets nor which calls make a thing twice.
    private const int Retries = 5;
    private static readonly TimeSpan ThrottledAtMost = TimeSpan.FromMinutes(15);
    private static readonly ResiliencePropertyKey<Ec2Call> CallKey = new("call");
    private static readonly ResiliencePropertyKey<long> StartKey = new("start");
    private static readonly ResiliencePropertyKey<int> CredentialsKey = new("credentials");

    private readonly Ec2Pacer _pacer;
    private readonly string _account;
    private readonly SessionCredentials _credentials;
    private readonly IReporter _reporter;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;

    public Ec2Caller(Ec2Pacer pacer, string account, SessionCredentials credentials, IReporter reporter, TimeProvider time)
    {
        _pacer = pacer;
        _account = account;
        _credentials = credentials;
        _reporter = reporter;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(0.4),
                MaxDelay = TimeSpan.FromSeconds(8),
                UseJitter = true,
                ShouldHandle = retry => ValueTask.FromResult(IsWorthRepeating(retry)),
                OnRetry = Announce,
            })
            .Build();
    }

    public async Task<TResponse> SendAsync<TResponse>(
        Ec2Call call, Func<CancellationToken, Task<TResponse>> send, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        context.Properties.Set(StartKey, _time.GetTimestamp());
        try
        {
            return await _pipeline.ExecuteAsync(
                async (attempt, state) => await OnceAsync(state.call, state.send, attempt).ConfigureAwait(false),
                context,
                (call, send)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<TResponse> OnceAsync<TResponse>(
        Ec2Call call, Func<CancellationToken, Task<TResponse>> send, ResilienceContext attempt)
        where TResponse : AmazonWebServiceResponse
    {
        var cancellationToken = attempt.CancellationToken;
        await _pacer.WaitAsync(_account, call.Action, _reporter, cancellationToken).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        try
        {
            attempt.Properties.Set(CredentialsKey, await _credentials.VersionAsync().ConfigureAwait(false));
            var response = await send(cancellationToken).ConfigureAwait(false);
            _reporter.Verbose($"EC2 {call.Action} in {call.Region} ({call.Target}): {Elapsed(start)}, request {response.ResponseMetadata?.RequestId}");
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var failure = Ec2Errors.From(exception, call);
            _reporter.Verbose($"EC2 {call.Action} in {call.Region} ({call.Target}): {failure.ServiceCode ?? failure.ErrorId} after {Elapsed(start)}");
            if (failure.Kind == ErrorKind.Throttled) _pacer.Throttled(_account, call.Action);
            throw failure;
        }
    }

    private bool IsWorthRepeating(RetryPredicateArguments<object> retry)
    {
        if (retry.Outcome.Exception is not EbsPvException failure) return false;
        if (failure.Kind == ErrorKind.Throttled) return _time.GetElapsedTime(Get(retry.Context, StartKey)) < ThrottledAtMost;
        // Once: credentials that expired on the way are renewed; new ones that are refused too are the user's to mend.
        if (Ec2Errors.IsExpired(failure)) return retry.AttemptNumber == 0 && _credentials.Renew(Get(retry.Context, CredentialsKey));
        return failure.Kind is ErrorKind.Connection or ErrorKind.Service
            && Get(retry.Context, CallKey).Idempotent
            && retry.AttemptNumber < Retries;
    }

    private ValueTask Announce(OnRetryArguments<object> retry)
    {
        if (retry.RetryDelay > TimeSpan.FromSeconds(1))
            _reporter.Verbose($"EC2 {Get(retry.Context, CallKey).Action}: trying again in {retry.RetryDelay.TotalSeconds:0.0} s.");
        return ValueTask.CompletedTask;
    }

    private static T Get<T>(ResilienceContext context, ResiliencePropertyKey<T> key) =>
        context.Properties.TryGetValue(key, out var value) ? value : throw new InvalidOperationException($"The call lost its {key.Key}.");

    private static string Elapsed(long start) => $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms";
}
