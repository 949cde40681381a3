using System.Runtime.InteropServices;
using StaticCnn.Generated;

namespace Generator.Tests.GeneratedCode;

/// <summary>What C calls, called from here.</summary>
public sealed class NativeModelTests : IDisposable
{
    private const string Declaration =
        """
        using StaticCnn;
        [CnnModel(1, 12, 12)]
        [Conv2d(8, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Flatten, Linear(3)]
        public sealed partial class Net;
        """;

    private readonly GeneratedModel _compiled = GeneratorHarness.Compile(Declaration);
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose()
    {
        File.Delete(_file);
        _compiled.Dispose();
    }

    /// <summary>
    /// While one thread's images are computed another is told that the model is busy, at no time in between to be let in, and without an
    /// allocation; the first one's answers stay right.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ABusyModelSaysSoAndAllocatesNothing(bool predict)
    {
        const int Count = 64 * 100;
        var native = typeof(NativeModel<>).MakeGenericType(_compiled["Net"]);
        var load = native.GetMethod("Load")!.CreateDelegate<Func<nint, nint, int>>();
        var run = native.GetMethod("Predict")!.CreateDelegate<Func<nint, nint, int, nint, nint, int>>();
        var forward = native.GetMethod("Forward")!.CreateDelegate<Func<nint, nint, int, nint, int>>();
        TestModel.Create(_compiled["Net"]).Parameters.Save(_file);
        float[] images = GC.AllocateArray<float>(Count * 144, pinned: true);
        for (int i = 0; i < images.Length; i++) images[i] = i * 7 % 23 / 23f;
        float[] expected = GC.AllocateArray<float>(Count * 3, pinned: true), found = GC.AllocateArray<float>(Count * 3, pinned: true);
        float[] others = GC.AllocateArray<float>(3, pinned: true);
        nint[] result = GC.AllocateArray<nint>(1, pinned: true);
        nint path = Marshal.StringToCoTaskMemUTF8(_file);
        Assert.Equal((int)NativeStatus.Done, load(path, Marshal.UnsafeAddrOfPinnedArrayElement(result, 0)));
        nint model = result[0];
        Marshal.FreeCoTaskMem(path);
        Assert.Equal((int)NativeStatus.Done, Call(Count, expected));

        int busy = 0, firstStatus = -1;
        long allocated = 0;
        for (int round = 0; round < 100 && busy < 1000; round++)
        {
            using var begun = new ManualResetEventSlim();
            int ended = 0;
            var first = new Thread(() =>
            {
                begun.Set();
                do firstStatus = Call(Count, found);
                while (firstStatus == (int)NativeStatus.Busy); // The other one was sooner.
                Volatile.Write(ref ended, 1);
            });
            first.Start();
            begun.Wait();
            long before = GC.GetAllocatedBytesForCurrentThread();
            while (Volatile.Read(ref ended) == 0)
            {
                int status = Call(1, others);
                if (status == (int)NativeStatus.Busy) busy++;
                else if (status != (int)NativeStatus.Done) break;
            }

            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            first.Join();
            Assert.Equal((int)NativeStatus.Done, firstStatus);
            Assert.Equal(expected, found);
        }

        Assert.True(busy >= 1000, $"busy {busy} times");
        Assert.Equal(0, allocated);
        native.GetMethod("Destroy")!.Invoke(null, [model]);

        int Call(int count, float[] results)
        {
            nint from = Marshal.UnsafeAddrOfPinnedArrayElement(images, 0), to = Marshal.UnsafeAddrOfPinnedArrayElement(results, 0);
            return predict ? run(model, from, count, 0, to) : forward(model, from, count, to);
        }
    }
}
