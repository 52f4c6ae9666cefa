using EbsPv.Sandbox.Demo;
using EbsPv.Sandbox.Server;

try
{
    switch (args)
    {
        case []:
            return await Demonstration.RunAsync(Console.Out);
        case ["run", var file]:
            return await Rehearsal.RunAsync(file, Console.Out);
        case ["serve", .. var rest]:
            return await ServeCommand.RunAsync(ServeArguments.Parse(rest), Console.Out);
        default:
            throw new ArgumentException($"unknown command {args[0]}");
    }
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(Demonstration.HowToServe);
    return 2;
}
catch (IOException error)
{
    // A port that is taken, or a ready file that cannot be written.
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 0;
}
