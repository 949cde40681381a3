using System.Runtime.InteropServices.JavaScript;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Page;

/// <summary>A network that learns while one watches, for the page's scripts.</summary>
internal static partial class LearningExports
{
    /// <summary>Digits to learn from, drawn as they are needed; then they come round again.</summary>
    private const int Digits = 2000;

    /// <summary>Digits that it never learns from.</summary>
    private const int HeldOutCount = 200;

    private const ulong LearnSeed = 1, HeldOutSeed = 2;

    private static readonly float[] s_digits = new float[Digits * LittleCnn.ImageLength];
    private static readonly int[] s_labels = new int[Digits];
    private static readonly float[] s_logits = new float[HeldOutCount * LittleCnn.ClassCount];
    private static float[]? s_heldOut;
    private static int s_drawn;
    private static LittleCnn s_model = LittleCnn.Create();
    private static LittleCnn.Trainer? s_trainer;

    /// <summary>Its layers as JSON; see <see cref="ModelText"/>.</summary>
    [JSExport]
    internal static string Describe() => ModelText.Of<LittleCnn>();

    /// <summary>Begins anew, with random weights.</summary>
    [JSExport]
    internal static void Begin(int seed)
    {
        s_trainer?.Dispose();
        s_model = LittleCnn.Create((ulong)seed);
        s_trainer = new LittleCnn.Trainer(s_model, threads: 1, (ulong)seed);
    }

    /// <summary>Takes one step with the next digits.</summary>
    /// <returns>The mean loss before the step, and how many of the digits were read right.</returns>
    [JSExport]
    internal static double[] Step(double learningRate)
    {
        s_trainer!.LearningRate = (float)learningRate;
        int batch = s_trainer.BatchSize, start = (int)(s_trainer.StepCount * batch % Digits);
        for (; s_drawn < start + batch; s_drawn++) s_labels[s_drawn] = Draw(LearnSeed, s_drawn, s_digits.AsSpan(s_drawn * LittleCnn.ImageLength));
        float loss = s_trainer.Step(s_digits.AsSpan(start * LittleCnn.ImageLength, batch * LittleCnn.ImageLength), s_labels.AsSpan(start, batch));
        return [loss, s_trainer.LastCorrect];
    }

    /// <summary>Reads the first digits of those that it never learns from.</summary>
    /// <param name="count">How many, at most 200.</param>
    /// <returns>[count,10] logits.</returns>
    [JSExport]
    internal static byte[] ReadHeldOut(int count)
    {
        if (s_heldOut is null)
        {
            s_heldOut = new float[HeldOutCount * LittleCnn.ImageLength];
            for (int i = 0; i < HeldOutCount; i++) Draw(HeldOutSeed, i, s_heldOut.AsSpan(i * LittleCnn.ImageLength));
        }
        var logits = s_logits.AsSpan(0, count * LittleCnn.ClassCount);
        s_model.ForwardBatch(s_heldOut.AsSpan(0, count * LittleCnn.ImageLength), logits);
        return Floats.ToBytes(logits);
    }

    /// <summary>What the digits are that it never learns from, 200 of them.</summary>
    [JSExport]
    internal static byte[] HeldOutLabels() => [.. Enumerable.Range(0, HeldOutCount).Select(index => HeldOut(index)[^1])];

    /// <summary>One of the digits that it never learns from.</summary>
    /// <returns>784 bytes, 255 is ink; the label is in the 785th.</returns>
    [JSExport]
    internal static byte[] HeldOut(int index) => DigitExports.Draw((int)HeldOutSeed, index);

    /// <summary>The logits of one image, 784 floats.</summary>
    [JSExport]
    internal static byte[] Forward(byte[] image)
    {
        var logits = new float[LittleCnn.ClassCount];
        s_model.Forward(Floats.Of(image), logits);
        return Floats.ToBytes(logits);
    }

    /// <summary>A parameter's values in PyTorch's layout.</summary>
    [JSExport]
    internal static byte[] Parameter(string name)
    {
        int index = s_model.Parameters.IndexOf(name);
        var values = new float[s_model.Parameters.Infos[index].Count];
        s_model.Parameters.Get(index, values);
        return Floats.ToBytes(values);
    }

    private static int Draw(ulong seed, int index, Span<float> image)
    {
        Span<byte> pixels = stackalloc byte[ProceduralDigits.ImageLength];
        ProceduralDigits.Draw(seed, index, pixels, out int label);
        for (int i = 0; i < pixels.Length; i++) image[i] = pixels[i] / 255f;
        return label;
    }
}
