using System.Globalization;
using EbsPv.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var repetitions = args is ["--repetitions", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 5;
return await WallTimes.RunAsync(repetitions, Console.Out);
