using StaticCnn.Mnist;
using StaticCnn.Mnist.Commands;

return await Interruption.RunAsync(interruption => CommandLine<SimpleCnn>.RunAsync(args, Host.OfProcess(), interruption));
