using BenchmarkDotNet.Running;
using StaticCnn.Bench;

BenchmarkSwitcher.FromTypes([typeof(NetworkBenchmarks<>)]).Run(args);
