using System.ComponentModel;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticCnn.Generated;

/// <summary>
/// What the C functions of a network do, with addresses as numbers so that the generated part needs no <c>unsafe</c>. No exception leaves a
/// function; each that can fail returns a <see cref="NativeStatus"/>, and writes its results only where it returns <see cref="NativeStatus.Done"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class NativeModel<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>Images computed at once: whole vectors of every width, so that how many a caller hands over changes no bit of a result.</summary>
    private const int Chunk = 64;

    /// <summary>Creates a model with the weights that are embedded in the library.</summary>
    /// <param name="result">Address of a <c>model*</c>.</param>
    public static int Create(nint result) => Create(result, static _ => TModel.LoadEmbedded(), 0);

    /// <summary>Creates a model with the weights of a safetensors file.</summary>
    /// <param name="path">Address of the path, UTF-8 that ends in zero.</param>
    /// <param name="result">Address of a <c>model*</c>.</param>
    public static int Load(nint path, nint result) =>
        path == 0 ? (int)NativeStatus.WrongArgument : Create(result, static path => TModel.Load(Marshal.PtrToStringUTF8(path)!), path);

    /// <summary>Frees a model; nothing happens to 0.</summary>
    public static void Destroy(nint model)
    {
        if (model != 0) GCHandle.FromIntPtr(model).Free();
    }

    /// <summary>Computes logits. Allocates nothing.</summary>
    /// <param name="model">What <see cref="Create(nint)"/> gave.</param>
    /// <param name="images">Address of [count,C,H,W] floats.</param>
    /// <param name="count">How many images.</param>
    /// <param name="logits">Address of [count,classes] floats.</param>
    public static int Forward(nint model, nint images, int count, nint logits)
    {
        if (!IsCall(model, images, count) || (logits == 0 && count > 0)) return (int)NativeStatus.WrongArgument;
        try
        {
            return (int)ModelOf(model).Forward(images, count, logits);
        }
        catch (Exception e)
        {
            return (int)StatusOf(e);
        }
    }

    /// <summary>Computes classes and probabilities. Allocates nothing.</summary>
    /// <param name="model">What <see cref="Create(nint)"/> gave.</param>
    /// <param name="images">Address of [count,C,H,W] floats.</param>
    /// <param name="count">How many images.</param>
    /// <param name="labels">Address of [count] 32-bit integers, or 0.</param>
    /// <param name="probabilities">Address of [count,classes] floats, or 0.</param>
    public static int Predict(nint model, nint images, int count, nint labels, nint probabilities)
    {
        if (!IsCall(model, images, count)) return (int)NativeStatus.WrongArgument;
        try
        {
            return (int)ModelOf(model).Predict(images, count, labels, probabilities);
        }
        catch (Exception e)
        {
            return (int)StatusOf(e);
        }
    }

    /// <summary>Address of a text that names network, version and vector width; it stays valid.</summary>
    public static nint Version { get; } = Marshal.StringToCoTaskMemUTF8(
        $"{TModel.ModelName}, StaticCnn {LibraryVersion}, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors");

    /// <summary>Bytes that all of the library has allocated on the garbage-collected heap so far.</summary>
    public static long AllocatedBytes => GC.GetTotalAllocatedBytes(precise: true);

    private static string LibraryVersion =>
        typeof(NativeStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static bool IsCall(nint model, nint images, int count) => model != 0 && count >= 0 && (images != 0 || count == 0);

    private static Owner ModelOf(nint model) => (Owner)GCHandle.FromIntPtr(model).Target!;

    private static ReadOnlySpan<float> Images(nint images, int first, int count) =>
        new((float*)images + (long)first * TModel.ImageLength, count * TModel.ImageLength);

    private static int Create(nint result, Func<nint, TModel> load, nint argument)
    {
        if (result == 0) return (int)NativeStatus.WrongArgument;
        try
        {
            *(nint*)result = GCHandle.ToIntPtr(GCHandle.Alloc(new Owner(load(argument))));
            return (int)NativeStatus.Done;
        }
        catch (Exception e)
        {
            return (int)StatusOf(e);
        }
    }

    private static NativeStatus StatusOf(Exception exception) => exception switch
    {
        WeightsException or IOException or UnauthorizedAccessException or ArgumentException => NativeStatus.NoWeights,
        OutOfMemoryException => NativeStatus.OutOfMemory,
        _ => NativeStatus.Failed,
    };

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float most = TensorPrimitives.Max<float>(logits), sum = 0;
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = MathF.Exp(logits[i] - most);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
    }

    /// <summary>A model as C holds it. It serves one call at a time, and says so without an exception, which would allocate.</summary>
    private sealed class Owner(TModel model)
    {
        private readonly float[] _logits = new float[Chunk * TModel.ClassCount];
        private int _calls;

        public NativeStatus Forward(nint images, int count, nint logits)
        {
            if (Interlocked.Exchange(ref _calls, 1) != 0) return NativeStatus.Busy;
            try
            {
                for (int done = 0; done < count; done += Chunk)
                {
                    int some = Math.Min(Chunk, count - done);
                    Run(Images(images, done, some), new Span<float>((float*)logits + (long)done * TModel.ClassCount, some * TModel.ClassCount));
                }

                return NativeStatus.Done;
            }
            finally
            {
                Volatile.Write(ref _calls, 0);
            }
        }

        public NativeStatus Predict(nint images, int count, nint labels, nint probabilities)
        {
            if (Interlocked.Exchange(ref _calls, 1) != 0) return NativeStatus.Busy;
            try
            {
                for (int done = 0; done < count; done += Chunk)
                {
                    int some = Math.Min(Chunk, count - done);
                    var logits = _logits.AsSpan(0, some * TModel.ClassCount);
                    Run(Images(images, done, some), logits);
                    for (int i = 0; i < some; i++)
                    {
                        var scores = logits.Slice(i * TModel.ClassCount, TModel.ClassCount);
                        if (labels != 0) ((int*)labels)[done + i] = TensorPrimitives.IndexOfMax<float>(scores);
                        if (probabilities == 0) continue;
                        Softmax(scores, new Span<float>((float*)probabilities + (long)(done + i) * TModel.ClassCount, TModel.ClassCount));
                    }
                }

                return NativeStatus.Done;
            }
            finally
            {
                Volatile.Write(ref _calls, 0);
            }
        }

        private void Run(ReadOnlySpan<float> images, Span<float> logits)
        {
            if (images.Length == TModel.ImageLength) model.Forward(images, logits);
            else model.ForwardBatch(images, logits);
        }
    }
}
