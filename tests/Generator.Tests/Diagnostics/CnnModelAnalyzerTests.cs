using Microsoft.CodeAnalysis;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Diagnostics;

namespace Generator.Tests.Diagnostics;

/// <summary>Every diagnostic on its exact place. « and » mark what must be underlined.</summary>
public class CnnModelAnalyzerTests
{
    private const string Learning = "[Flatten, Linear(10)]";

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "NotPartial", $"[CnnModel(1, 28, 28)] {Learning} class «M»;", "'M' must be partial" },
        { "ContainerNotPartial", $"class Outer {{ [CnnModel(1, 28, 28)] {Learning} partial class «M»; }}", "'Outer', which is not partial" },
        { "ContainerNotPartial", $"class A {{ partial class B {{ [CnnModel(1, 28, 28)] {Learning} partial class «M»; }} }}", "'A', which" },
        { "Generic", $"[CnnModel(1, 28, 28)] {Learning} partial class «M»<T>;", "because 'M' is generic" },
        { "Generic", $"partial class Outer<T> {{ [CnnModel(1, 28, 28)] {Learning} partial class «M»; }}", "because 'Outer' is generic" },
        { "UnsuitableType", $"[CnnModel(1, 28, 28)] {Learning} static partial class «M»;", "'M' is static" },
        { "UnsuitableType", $"[CnnModel(1, 28, 28)] {Learning} abstract partial class «M»;", "is abstract" },
        { "UnsuitableType", $"[CnnModel(1, 28, 28)] {Learning} partial record «M»;", "is a record" },
        { "UnsuitableType", $"[CnnModel(1, 28, 28)] {Learning} partial struct «M»;", "is a struct" },
        { "UnsuitableType", $"[CnnModel(1, 28, 28)] {Learning} file partial class «M»;", "local to its file" },
        { "UnsuitableType", $"file partial class Outer {{ [CnnModel(1, 28, 28)] {Learning} partial class «M»; }}", "local to its file" },
        { "UnsuitableType", $"[CnnModel(1, 28, 28)] {Learning} partial class «M»(int size);", "primary constructor" },
        { "NothingToLearn", "[«CnnModel(1, 28, 28)»] partial class M;", "declares no layers" },
        { "NothingToLearn", "[«CnnModel(1, 28, 28)»] [Flatten, ReLU] partial class M;", "no layer that learns" },
        { "LayersOverSeveralParts", "[CnnModel(1, 28, 28), Flatten] partial class M; [«Linear(10)», ReLU] partial class M;", "several partial parts" },
        { "SizeOutOfRange", $"[«CnnModel(0, 28, 28)»] {Learning} partial class M;", "CnnModel: channels must be at least 1, but is 0" },
        { "SizeOutOfRange", $"[«CnnModel(1, -1, 28)»] {Learning} partial class M;", "height must be at least 1, but is -1" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(0, 3)»] {Learning} partial class M;", "outChannels must be at least 1" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 0)»] {Learning} partial class M;", "kernel must be 1 to 11, but is 0" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 12)»] {Learning} partial class M;", "kernel must be 1 to 11, but is 12" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3, 12)»] {Learning} partial class M;", "kernelWidth must be 1 to 11" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3, Stride = 0)»] {Learning} partial class M;", "Stride must be at least 1" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3, StrideWidth = 0)»] {Learning} partial class M;", "StrideWidth must be at least 1" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3, PaddingHeight = -1)»] {Learning} partial class M;", "PaddingHeight must be at least 0" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3, Algorithm = (ConvolutionAlgorithm)7)»] {Learning} partial class M;", "Algorithm" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«MaxPool2d(0)»] {Learning} partial class M;", "window must be at least 1" },
        { "SizeOutOfRange", $"[CnnModel(1, 28, 28)] [«MaxPool2d(2, Stride = 0)»] {Learning} partial class M;", "Stride must be at least 1" },
        { "SizeOutOfRange", "[CnnModel(1, 28, 28)] [Flatten, «Linear(0)»] partial class M;", "outFeatures must be at least 1" },
        { "WindowLargerThanInput", $"[CnnModel(1, 4, 9)] [«Conv2d(8, 5)»] {Learning} partial class M;", "kernel of 5x5 does not fit its input of 4x9;" },
        { "WindowLargerThanInput", $"[CnnModel(1, 2, 9)] [«Conv2d(8, 5, Padding = 1)»] {Learning} partial class M;", "input of 4x11 (padding included)" },
        { "WindowLargerThanInput", $"[CnnModel(1, 9, 4)] [«MaxPool2d(2, 5)»] {Learning} partial class M;", "window of 2x5 does not fit its input of 9x4" },
        { "LinearBeforeFlatten", "[CnnModel(3, 8, 9)] [Conv2d(8, 3), ReLU, «Linear(10)»] partial class M;", "image [8,6,7]" },
        { "ImageLayerAfterFlatten", "[CnnModel(1, 28, 28)] [Flatten, «Conv2d(8, 3)», ReLU, MaxPool2d(2), Linear(10)] partial class M;", "Conv2d takes an image" },
        { "ImageLayerAfterFlatten", "[CnnModel(1, 28, 28)] [Flatten, «MaxPool2d(2)», Linear(10)] partial class M;", "MaxPool2d takes an image" },
        { "ImageLayerAfterFlatten", "[CnnModel(1, 28, 28)] [Flatten, «Flatten», Linear(10)] partial class M;", "Flatten takes an image" },
        { "DuplicateName", "[CnnModel(1, 28, 28)] [Flatten, Linear(9, Name = \"fc2\"), «Linear(10)»] partial class M;", "'fc2' is taken" },
        { "DuplicateName", "[CnnModel(1, 28, 28)] [Flatten, Linear(9, Name = \"a\"), «Linear(10, Name = \"A\")»] partial class M;", "'A' is taken" },
        { "InvalidName", "[CnnModel(1, 28, 28)] [Flatten, «Linear(10, Name = \"1st\")»] partial class M;", "'1st'" },
        { "InvalidName", "[CnnModel(1, 28, 28)] [Flatten, «Linear(10, Name = \"\")»] partial class M;", "''" },
        { "InvalidName", "[CnnModel(1, 28, 28)] [Flatten, «Linear(10, Name = \"ä.b\")»] partial class M;", "'ä.b'" },
        { "DropoutOutOfRange", "[CnnModel(1, 28, 28)] [Flatten, «Dropout(1f)», Linear(10)] partial class M;", "but is 1" },
        { "DropoutOutOfRange", "[CnnModel(1, 28, 28)] [Flatten, «Dropout(-0.5f)», Linear(10)] partial class M;", "but is -0.5" },
        { "DropoutOutOfRange", "[CnnModel(1, 28, 28)] [Flatten, «Dropout(float.NaN)», Linear(10)] partial class M;", "but is NaN" },
        { "OutputIsNotVector", "[CnnModel(1, 28, 28)] [Conv2d(8, 3), «ReLU»] partial class M;", "image [8,26,26]" },
        { "TooFewClasses", "[CnnModel(1, 28, 28)] [Flatten, «Linear(1)», Dropout(0.5f)] partial class M;", "width of 1" },
        { "PaddingTooLarge", $"[CnnModel(1, 28, 28)] [«MaxPool2d(3, Padding = 2)»] {Learning} partial class M;", "Padding of 2x2 must be at most half the window of 3x3" },
        { "PaddingTooLarge", $"[CnnModel(1, 28, 28)] [«AvgPool2d(3, 5, PaddingHeight = 2)»] {Learning} partial class M;", "Padding of 2x0" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(BatchSize = 0)»] partial class M;", "BatchSize must be 1 to 65536, but is 0" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(BatchSize = 65537)»] partial class M;", "65537" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(Epochs = 0)»] partial class M;", "Epochs must be at least 1" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(LearningRate = 0)»] partial class M;", "LearningRate" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(LearningRate = float.PositiveInfinity)»] partial class M;", "finite" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(Beta1 = 1)»] partial class M;", "Beta1" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(Beta2 = -0.1f)»] partial class M;", "Beta2" },
        { "InvalidTraining", $"[CnnModel(1, 28, 28)] {Learning} [«Training(Epsilon = float.NaN)»] partial class M;", "Epsilon" },
        { "NoCnnModel", "[«Flatten», Linear(10)] partial class M;", "'M' has [Flatten] but no [CnnModel]" },
        { "NoCnnModel", "[«Training(Epochs = 3)»] class M;", "[Training]" },
        { "TooLarge", $"[«CnnModel(2147483647, 2147483647, 2147483647)»] {Learning} partial class M;", "9,903,520,300,447,984,150,353,281,023 floats" },
        { "TooLarge", $"[CnnModel(1, 1024, 1024)] [«Conv2d(65, 1)»] {Learning} partial class M;", "The output of conv1 has 68,157,440 floats, more than the limit of 67,108,864" },
        { "TooLarge", $"[CnnModel(8192, 11, 11)] [«Conv2d(2147483647, 11)»] {Learning} partial class M;", "conv1.weight has 2,128,654,510,383,104 floats" },
        { "TooLarge", "[CnnModel(1, 28, 28)] [Flatten, «Linear(100000)», Linear(10)] partial class M;", "fc1.weight has 78,400,000 floats" },
        {
            "TooLarge",
            "[«CnnModel(1, 64, 128)»] [Flatten, Linear(8192), Linear(8192), Linear(8192), Linear(8191), Linear(10)] partial class M;",
            "268,"
        },
        {
            "ExceedsUnrollBudget",
            "[«CnnModel(64, 1024, 1024)»] [MaxPool2d(32), Flatten, Linear(2)] partial class M;",
            "more than the unroll budget of 268,435,456 floats"
        },
        {
            "ExceedsUnrollBudget",
            "[CnnModel(3, 1024, 1024)] [«Conv2d(60, 3, Padding = 1)», Conv2d(40, 3), MaxPool2d(64), Flatten, Linear(2)] partial class M;",
            "Training needs at least"
        },
        {
            "ExceedsUnrollBudget",
            "[CnnModel(1, 56, 56)] [Conv2d(2, 3), «Conv2d(4, 11, Stride = 27, Padding = 10)», Flatten, Linear(2)] partial class M;",
            "The kernel Conv2InputGradient needs"
        },
        { "DropoutAtTheEnd", "[CnnModel(1, 28, 28)] [Flatten, Linear(10, Name = \"head\"), «Dropout(0.2f)»] partial class M;", "move it before head" },
        { "DropoutAtTheEnd", "[CnnModel(1, 3, 3)] [Conv2d(10, 3), «Dropout(0.2f)», Flatten] partial class M;", "move it before conv1" },
        { "ReluAtTheEnd", "[CnnModel(1, 28, 28)] [Flatten, Linear(10), «ReLU»] partial class M;", "relu1 cuts off negative scores" },
        { "ReluAtTheEnd", "[CnnModel(1, 6, 6)] [Conv2d(10, 3), «ReLU», MaxPool2d(4), Flatten] partial class M;", "relu1 cuts off" },
        { "WastesLanes", $"[CnnModel(1, 28, 28)] [«Conv2d(20, 3)», ReLU] {Learning} partial class M;", "conv1 has 20 channels, but vectors hold a multiple of them: classifying one image takes as long as with 24" },
        { "WastesLanes", $"[CnnModel(1, 28, 28)] [«Conv2d(5, 3)», ReLU] {Learning} partial class M;", "as with 8" },
        { "WastesLanes", "[CnnModel(1, 28, 28)] [Flatten, «Linear(50)», ReLU, Linear(10)] partial class M;", "fc1 has 50 features" },
        { "WastesBatchLanes", $"[CnnModel(1, 28, 28)] {Learning} [«Training(BatchSize = 100)»] partial class M;", "a step of 100 images takes as long as one of 112" },
        { "SkipsPixels", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3, Stride = 4)», ReLU] {Learning} partial class M;", "the stride of 4x4 is larger than the window of 3x3" },
        { "SkipsPixels", $"[CnnModel(1, 28, 28)] [«MaxPool2d(2, 3, StrideHeight = 3)»] {Learning} partial class M;", "pool1: the stride of 3x3 is larger than the window of 2x3" },
        { "DoesNothing", $"[CnnModel(1, 28, 28)] [Conv2d(8, 3), ReLU, MaxPool2d(2), «ReLU»] {Learning} partial class M;", "relu2 changes nothing, because relu1" },
        { "DoesNothing", $"[CnnModel(1, 28, 28)] [«Dropout(0)»] {Learning} partial class M;", "its probability is 0" },
        { "DoesNothing", $"[CnnModel(1, 28, 28)] [«MaxPool2d(1)»] {Learning} partial class M;", "a single value" },
        { "NothingBetween", "[CnnModel(1, 28, 28)] [Flatten, «Linear(128)», Dropout(0.2f), Linear(10)] partial class M;", "Nothing between fc1 and fc2" },
        { "NothingBetween", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 3)»] {Learning} partial class M;", "put ReLU behind conv1" },
        { "AlgorithmIgnored", $"[CnnModel(1, 28, 28)] [«Conv2d(8, 5, StrideWidth = 2, Algorithm = ConvolutionAlgorithm.Winograd)», ReLU] {Learning} partial class M;", "the stride is 1x2" },
        { "InvalidExportPrefix", $"[CnnModel(1, 28, 28)] {Learning} [«NativeExports(\"my-digits\")»] partial class M;", "'my-digits'" },
        { "DuplicateExportPrefix", $"[CnnModel(1, 28, 28)] {Learning} [NativeExports(\"digits\")] partial class A; namespace N {{ [CnnModel(1, 9, 9)] {Learning} [«NativeExports(\"Digits\")»] partial class B; }}", "The prefix 'Digits' is taken by 'A' (case is ignored)" },
        { "UnknownName", "[CnnModel(1, 8, 8)] [Conv2d(4, 3, Padding = 1, Name = \"stem\"), «Conv2d(4, 3, From = \"steam\")», Flatten, Linear(2)] partial class M;", "'steam'" },
        { "UnreadValue", "[CnnModel(1, 8, 8)] [Conv2d(4, 3, Name = \"a\"), «ReLU», Conv2d(4, 3, From = \"a\"), Flatten, Linear(2)] partial class M;", "'relu1'" },
        { "ShapesDoNotJoin", "[CnnModel(1, 8, 8)] [Conv2d(4, 3, Padding = 1, Name = \"a\"), Conv2d(4, 3), «Add(\"a\")», Flatten, Linear(2)] partial class M;", "[4,8,8] and [4,6,6]" },
    };

    /// <summary>What is common and right must not be talked about.</summary>
    public static TheoryData<string> NothingToSuggest =>
    [
        Declared.SimpleCnn,
        "[CnnModel(1, 28, 28)] [Flatten, Linear(10)]",
        "[CnnModel(1, 28, 28)] [Dropout(0.1f), Conv2d(4, 3), ReLU, Conv2d(2, 3), MaxPool2d(3, Stride = 2)] [Flatten, Linear(120), ReLU, Linear(84), ReLU, Linear(7)]",
        "[CnnModel(1, 28, 28)] [Conv2d(8, 3), MaxPool2d(2), ReLU] [Flatten, Linear(10)] [Training(BatchSize = 16)]",
        "[CnnModel(1, 28, 28)] [ReLU, Conv2d(8, 1), ReLU, MaxPool2d(1, 2)] [Flatten, Linear(10)]",
        "[CnnModel(1, 28, 28)] [Conv2d(8, 3, Stride = 3), ReLU] [Flatten, Linear(10)]",
        "[CnnModel(1, 28, 28)] [Conv2d(8, 3, Algorithm = ConvolutionAlgorithm.Winograd), ReLU, Conv2d(8, 3, Stride = 2, Algorithm = ConvolutionAlgorithm.Direct), ReLU] [Flatten, Linear(10)]",
    ];

    [Theory]
    [MemberData(nameof(NothingToSuggest))]
    public void ASoundDeclarationIsLeftAlone(string attributes) =>
        Assert.Empty(GeneratorHarness.Diagnose($"using StaticCnn;\n{attributes}\npublic sealed partial class Net;"));

    /// <summary>Found by fuzzing: a stride that no index of the image could be multiplied by.</summary>
    [Theory]
    [InlineData("[CnnModel(1, 8, 1048576)] [Conv2d(1, 2, Stride = 1048576)] [Flatten, Linear(8)]")]
    [InlineData("[CnnModel(1, 8, 1048576)] [MaxPool2d(2, Stride = 2147483647)] [Flatten, Linear(8)]")]
    public void AStrideBeyondTheImageIsNoMistake(string attributes) => Assert.All(
        GeneratorHarness.Diagnose($"using StaticCnn;\n{attributes}\npublic sealed partial class Net;"),
        diagnostic => Assert.True(diagnostic.Severity < DiagnosticSeverity.Warning, $"{diagnostic}"));

    /// <summary>The program and the samples are what people copy.</summary>
    [Theory]
    [InlineData("src/Mnist/SimpleCnn.cs")]
    [InlineData("samples/Train/DigitCnn.cs")]
    public void OurOwnDeclarationsAreLeftAlone(string file) =>
        Assert.Empty(GeneratorHarness.Diagnose(File.ReadAllText(Repository.PathTo(file.Split('/')))));

    /// <summary>A build shows no suggestion, and fails by none, however strict it is with warnings.</summary>
    [Fact]
    public void SuggestionsAreInformation()
    {
        var suggestions = Descriptors.All[((int)Fault.DropoutAtTheEnd - 1)..(int)Fault.AlgorithmIgnored];
        var mistakes = Descriptors.All.Except(suggestions);

        Assert.All(mistakes, descriptor => Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Error, descriptor.DefaultSeverity));
        Assert.All(suggestions, descriptor => Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Info, descriptor.DefaultSeverity));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeIsReportedOnItsPlace(string fault, string marked, string message)
    {
        string before = "using StaticCnn;\n" + marked;
        string source = before.Replace("«", "").Replace("»", "");
        string expected = before[(before.IndexOf('«') + 1)..before.IndexOf('»')];

        var diagnostic = Assert.Single(GeneratorHarness.Diagnose(source));

        Assert.Equal(Descriptors.For(Enum.Parse<Fault>(fault)).Id, diagnostic.Id);
        Assert.Equal(before.IndexOf('«'), diagnostic.Location.SourceSpan.Start);
        Assert.Equal(expected, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFaultThatADeclarationCanShowHasATest() =>
        // That of an old language is the project's, and MistakeTests holds it.
        Assert.Equal(
            Enum.GetNames<Fault>().Where(name => name != nameof(Fault.LanguageTooOld)),
            Mistakes.Select(row => (string)row[0]).Distinct());

    [Theory]
    [InlineData("[CnnModel(1, 28, 28)] [Flatten, Linear(2)] partial class M;")]
    [InlineData("[CnnModel(1, 1, 1)] [Conv2d(1, 1), Flatten, Linear(2)] internal sealed partial class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [Conv2d(2, 11, 1, Padding = 0, PaddingHeight = 10, StrideWidth = 99), Flatten] partial class M;")]
    [InlineData("[CnnModel(1, 3, 3)] [Conv2d(8, 5, Padding = 1), MaxPool2d(1), Flatten] partial class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [MaxPool2d(28, 28, Stride = 9), Flatten, Linear(2)] partial class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [Flatten, Dropout(0f), Dropout(0.999f), Linear(2), ReLU] partial class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [Flatten, Linear(2, Name = \"_x1\"), Linear(2, Name = \"_X2\")] partial class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [Flatten, Linear(2)] [Training(BatchSize = 65536, Epochs = 1, Beta1 = 0, Beta2 = 0)] partial class M;")]
    [InlineData("[CnnModel(8, 1024, 1024)] [MaxPool2d(32), Flatten, Linear(2)] partial class M;")]
    [InlineData("[CnnModel(1, 28, 28)] partial class M; [Flatten, Linear(2)] partial class M; [Training] partial class M;")]
    [InlineData("partial struct A { partial interface B { partial record C { [CnnModel(1, 2, 2)] [Flatten, Linear(2)] partial class M; } } }")]
    [InlineData("static partial class A { [CnnModel(1, 2, 2)] [Flatten, Linear(2)] partial class M; }")]
    [InlineData("class M;")]
    public void ARightDeclarationIsNot(string source) =>
        Assert.DoesNotContain(
            GeneratorHarness.Diagnose("using StaticCnn;\n" + source),
            diagnostic => diagnostic.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Info);

    [Fact]
    public void IndependentMistakesAreReportedTogether()
    {
        var diagnostics = GeneratorHarness.Diagnose(
            """
            using StaticCnn;
            [CnnModel(1, 28, 28)]
            [Conv2d(0, 5), ReLU, MaxPool2d(0)]
            [Linear(8, Name = "x y"), Dropout(2f)]
            [Linear(1)]
            [Training(Epochs = 0, Beta1 = 2)]
            sealed class M;
            """);

        Assert.Equal(
            ["SCNN007", "SCNN007", "SCNN009", "SCNN012", "SCNN013", "SCNN015", "SCNN017", "SCNN017", "SCNN001"],
            diagnostics.Select(diagnostic => diagnostic.Id).OrderBy(id => id == "SCNN001").ThenBy(id => id));
    }

    [Theory]
    [InlineData("[CnnModel(1, 28, 28)] [Conv2d(8), Linear(10)] class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [Conv2d(\"8\", 3), Linear(10)] class M;")]
    [InlineData("[CnnModel(1, 28, 28)] [Flatten, Linear(10, Name = 3)] class M;")]
    [InlineData("[CnnModel] [Flatten, Linear(10)] class M;")]
    public void WhatTheCompilerRejectsIsLeftToItsMessage(string source) =>
        Assert.Empty(GeneratorHarness.Diagnose("using StaticCnn;\n" + source));
}
