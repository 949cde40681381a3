namespace StaticCnn.Page;

/// <summary>What the page trains: the tutorial's layers, fewer of them, so that an interpreter takes some steps a second.</summary>
[CnnModel(1, 28, 28)]
[Conv2d(8, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(8, 5), ReLU, MaxPool2d(2)]
[Flatten, Linear(10)]
[Training(BatchSize = 16, Epochs = 1, LearningRate = 0.003f)]
internal sealed partial class LittleCnn;
