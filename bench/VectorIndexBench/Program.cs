using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ImageSearch.VectorIndexBench;

// In process: generated projects do not work with central package versions.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(8))
    .AddColumn(new BandwidthColumn());
BenchmarkSwitcher.FromTypes([typeof(FlatSearchBench), typeof(GraphSearchBench), typeof(KernelBench), typeof(PutBench)]).Run(args, config);
