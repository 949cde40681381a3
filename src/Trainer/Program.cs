using StaticCnn.Mnist;
using StaticCnn.Trainer;

// The program that the package's build targets run: `mnist` for a network that a user's assembly declares.
return await Interruption.RunAsync(interruption => UserCommandLine.RunAsync(args, Host.OfProcess(), interruption));
