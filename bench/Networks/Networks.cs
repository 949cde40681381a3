namespace StaticCnn.Bench;

// The networks that are measured. Peers/Shared/Network.cs declares the same ones for the peers.

/// <summary>The tutorial's network.</summary>
[CnnModel(1, 28, 28)]
[Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Dropout(0.2f)]
[Linear(10)]
[Training(BatchSize = 64, Epochs = 3, LearningRate = 0.001f)]
public sealed partial class SimpleCnn;

/// <summary>The network of the Overfit library's MNIST sample.</summary>
[CnnModel(1, 28, 28)]
[Conv2d(8, 3), ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU]
[Linear(10)]
[Training(BatchSize = 128)]
public sealed partial class OverfitCnn;

/// <summary>LeNet-5 with max pooling and ReLU; the padding makes the 32x32 input of its paper.</summary>
[CnnModel(1, 28, 28)]
[Conv2d(6, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(16, 5), ReLU, MaxPool2d(2)]
[Flatten, Linear(120), ReLU, Linear(84), ReLU]
[Linear(10)]
[Training(BatchSize = 64)]
public sealed partial class LeNet5;

/// <summary>Three 3x3 stages on a colour image, as a small network for CIFAR-10 has them.</summary>
[CnnModel(3, 32, 32)]
[Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(64, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(10)]
[Training(BatchSize = 64)]
public sealed partial class ColorCnn;
