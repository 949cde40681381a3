namespace StaticCnn.Tests;

public class LabeledImagesTests
{
    /// <summary>Images of 2x3x11 whose pixels run through all bytes.</summary>
    private static LabeledImages Sample(int count) => new(
        new IdxImages([.. Enumerable.Range(0, count * 66).Select(i => (byte)i)], count, new TensorShape(2, 3, 11)),
        [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))], "sample");

    [Fact]
    public void Counts_must_agree() => Assert.Contains(
        "sample: expected a label for each of 2 images, found 3",
        Assert.Throws<DataException>(() => new LabeledImages(Sample(2).Images, new byte[3], "sample")).Message);

    [Fact]
    public void A_network_of_another_shape_or_with_fewer_classes_is_refused()
    {
        var data = Sample(12);
        data.CheckFits(new TensorShape(2, 3, 11), 10);
        Assert.Contains("expected images [1,28,28], found [2,3,11]", Assert.Throws<DataException>(() => data.CheckFits(new TensorShape(1, 28, 28), 10)).Message);
        Assert.Contains("expected labels below 9, found 9 at image 9", Assert.Throws<DataException>(() => data.CheckFits(data.Shape, 9)).Message);
    }

    [Fact]
    public void A_batch_has_the_chosen_images_as_ToTensor_makes_them()
    {
        var data = Sample(10);
        int[] indices = [7, 0, 3], labels = new int[3];
        float[] images = new float[3 * 66];
        BatchReader.Read(data, indices, images, labels);
        Assert.Equal(indices, labels);
        for (int i = 0; i < images.Length; i++) Assert.Equal((byte)(indices[i / 66] * 66 + i % 66) / 255f, images[i]);
    }

    [Fact]
    public void Reading_a_batch_allocates_nothing()
    {
        var data = Sample(10);
        int[] labels = new int[2];
        float[] images = new float[2 * 66];
        BatchReader.Read(data, [1, 2], images, labels);
        long before = GC.GetAllocatedBytesForCurrentThread();
        BatchReader.Read(data, [3, 4], images, labels);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Wrong_spans_and_indices_are_refused()
    {
        var data = Sample(2);
        Assert.Throws<ArgumentException>(() => BatchReader.Read(data, [0, 1], new float[131], new int[2]));
        Assert.Throws<ArgumentException>(() => BatchReader.Read(data, [0, 1], new float[132], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchReader.Read(data, [2], new float[66], new int[1]));
    }
}
