using System.Management.Automation;

namespace EbsPv.PowerShell.Binding;

/// <summary>Takes an age as it was typed: to PowerShell 30d is a decimal number of 30, whose text is all that says days.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AgeTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is null or TimeSpan or DateTime or DateTimeOffset ? value : LanguagePrimitives.ConvertTo<string>(inputData);
    }
}
