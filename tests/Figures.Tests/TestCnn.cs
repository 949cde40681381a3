namespace StaticCnn.Figures.Tests;

/// <summary>A small network with one channel in.</summary>
[CnnModel(1, 8, 8)]
[Conv2d(6, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(12), ReLU, Dropout(0.5f)]
[Linear(3)]
[Training(BatchSize = 8)]
public sealed partial class TestCnn;

/// <summary>A network whose layers have names that are longer than what they stand above.</summary>
[CnnModel(1, 8, 8)]
[Conv2d(6, 3, Padding = 1, Name = "first_convolution_of_the_first_part"), ReLU, MaxPool2d(2, Name = "pooling_behind_the_first_convolution")]
[Flatten(Name = "from_feature_maps_to_a_long_vector"), Linear(12, Name = "first_linear_layer_of_the_last_part"), ReLU]
[Linear(3, Name = "second_linear_layer_of_the_last_part")]
public sealed partial class LongNamesCnn;

/// <summary>A network of a hundred classes.</summary>
[CnnModel(1, 8, 8)]
[Conv2d(6, 3, Padding = 1), ReLU]
[Flatten, Linear(100)]
public sealed partial class HundredCnn;

/// <summary>A network of other proportions: colours in, oblong images, unequal windows, 70 maps, more classes than digits.</summary>
[CnnModel(3, 9, 14)]
[Conv2d(70, 3, 5, StrideWidth = 2, PaddingHeight = 1), ReLU]
[Conv2d(2, 2)]
[Flatten, Linear(40), ReLU]
[Linear(12)]
public sealed partial class OddCnn;
