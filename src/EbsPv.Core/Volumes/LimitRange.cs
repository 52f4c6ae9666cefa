namespace EbsPv.Volumes;

/// <summary>Smallest and largest value that is allowed.</summary>
public sealed record LimitRange(int Min, int Max)
{
    /// <summary>Whether the value is within.</summary>
    public bool Holds(int value) => value >= Min && value <= Max;

    /// <summary>As errors write it.</summary>
    public override string ToString() => $"{Min} to {Max}";
}
