namespace StaticCnn;

/// <summary>The images of an IDX file.</summary>
/// <param name="Pixels">[n,C,H,W], 0 to 255.</param>
/// <param name="Count">n.</param>
/// <param name="Shape">[C,H,W]; one channel where the file has no channels.</param>
public sealed record IdxImages(byte[] Pixels, int Count, TensorShape Shape);
