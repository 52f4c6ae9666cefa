using System.Globalization;

namespace EbsPv.Sandbox.Server;

/// <summary>The command line of "serve".</summary>
public sealed record ServeArguments
{
    public const string Usage =
        "serve [--port N] [--kubernetes-port N] [--scale X] [--ready-file PATH] [--stdin-lifeline]";

    public int Port { get; init; }

    public int KubernetesPort { get; init; }

    public double Scale { get; init; } = 1;

    /// <summary>Written once it listens, for who started it and waits.</summary>
    public string? ReadyFile { get; init; }

    /// <summary>Whether it ends when its standard input closes: then it never outlives who started it.</summary>
    public bool StdinLifeline { get; init; }

    public static ServeArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new ServeArguments();
        var i = 0;
        for (; i < arguments.Count; i++)
            parsed = arguments[i] switch
            {
                "--port" => parsed with { Port = ParsePort(Next()) },
                "--kubernetes-port" => parsed with { KubernetesPort = ParsePort(Next()) },
                "--scale" => parsed with { Scale = ParseScale(Next()) },
                "--ready-file" => parsed with { ReadyFile = Next() },
                "--stdin-lifeline" => parsed with { StdinLifeline = true },
                var unknown => throw new ArgumentException($"unknown argument {unknown}"),
            };
        return parsed;

        string Next() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value");
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535
            ? port
            : throw new ArgumentException($"{text} is no port");

    private static double ParseScale(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && double.IsFinite(scale) && scale > 0
            ? scale
            : throw new ArgumentException($"{text} is no scale: it must be above 0");
}
