using StaticCnn;

namespace Samples;

/// <summary>A small network for grey images of 28x28 pixels in ten classes.</summary>
[CnnModel(1, 28, 28)]
[Conv2d(8, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Dropout(0.2f)]
[Linear(10)]
[Training(BatchSize = 64, Epochs = 2, LearningRate = 0.001f)]
public sealed partial class DigitCnn;
