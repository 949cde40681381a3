using System.Globalization;
using StaticCnn.Fuzz;

// dotnet run -c Release --project tests/Fuzz -- [executions in thousands] [seed] [reader]
if (!Instrumentation.IsActive) return Instrumentation.Run(args);
int thousands = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
return Campaign.Run(1000L * thousands, seed, args.Length > 2 ? args[2] : null, Console.Out);
