using StaticCnn;

/// <summary>28x28 grey images in, logits of ten digits out.</summary>
[CnnModel(1, 28, 28)]
[Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Dropout(0.2f)]
[Linear(10)]
[Training(BatchSize = 64, Epochs = 3, LearningRate = 0.001f)]
#if (library)
[NativeExports("digit")] // C functions digit_create, digit_predict, ...; publishing writes their header digit.h.
#endif
public sealed partial class DigitCnn;
