using System.Globalization;
using StaticCnn.Fuzz;

if (!Instrumentation.IsActive) return Instrumentation.Run(args);
Coverage.Connect();
int thousands = 100, seed = 1;
string? reader = args.ElementAtOrDefault(2);
if (args.Length > 3
    || (args.Length > 0 && !(int.TryParse(args[0], CultureInfo.InvariantCulture, out thousands) && thousands > 0))
    || (args.Length > 1 && !int.TryParse(args[1], CultureInfo.InvariantCulture, out seed))
    || (reader is not null && FuzzTargets.All.All(target => target.Name != reader)))
{
    Console.Error.WriteLine($"usage: Fuzz [executions in thousands] [seed] [reader: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}]");
    return 2;
}
return Campaign.Run(1000L * thousands, seed, reader, Console.Out);
