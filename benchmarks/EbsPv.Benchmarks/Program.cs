using System.Globalization;
using EbsPv.Benchmarks;

return args switch
{
    [] => await WallTimes.RunAsync(5, Console.Out),
    ["walls", .. var rest] => await WallTimes.RunAsync(rest is [var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 5, Console.Out),
    ["register", .. var rest] => await RegisterTimes.RunAsync(rest is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 5, Console.Out),
    ["memory"] => await ListingMemory.RunAsync(Console.Out),
    ["report"] => await ReportMemory.RunAsync(Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: walls [REPETITIONS] | register [ROUNDS] | memory | report");
    return 2;
}
