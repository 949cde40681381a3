using System.ComponentModel;

namespace StaticCnn.Generated;

/// <summary>What a step tells its kernels of the batch: which lanes hold an image, and how many images there are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchCounts
{
    private const int LineLength = 32, Lanes = 16;

    /// <summary>
    /// Writes a line for each shard, 16 lanes of 1 or 0 and behind them 1 / its images, its share of the images up to it, and
    /// images before * its own / both together; and of the batch 1 / images and their number. Allocates nothing.
    /// </summary>
    /// <param name="kernels">The kernels, which say where it stands.</param>
    /// <param name="batch">The batch's memory.</param>
    /// <param name="images">Images of the batch.</param>
    public static void Fill(ModelKernels kernels, Arena batch, int images)
    {
        if (kernels.TotalsOffset < 0) return;
        (batch.At(kernels.TotalsOffset), batch.At(kernels.TotalsOffset + 1)) = (1f / images, images);
        int before = 0;
        for (int shard = 0; shard < kernels.Shards; shard++)
        {
            int own = Math.Clamp(images - (shard * kernels.Lanes), 0, kernels.Lanes), together = before + own;
            var line = batch.Span.Slice(kernels.LinesOffset + (shard * LineLength), LineLength);
            for (int lane = 0; lane < Lanes; lane++) line[lane] = lane < own ? 1 : 0;
            line[Lanes] = own == 0 ? 0 : 1f / own;
            line[Lanes + 1] = together == 0 ? 0 : (float)own / together;
            line[Lanes + 2] = together == 0 ? 0 : (float)((double)before * own / together);
            before = together;
        }
    }
}
