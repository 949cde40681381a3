namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>How the whole digit stands: proportions, width, slant and rotation.</summary>
internal static class Pose
{
    public static void Apply(Ink ink, ref DigitRandom random)
    {
        float waist = 0.42f * random.Normal();          // moves the middle up or down
        float lean = 0.20f * random.Normal();           // moves it left or right
        float flare = 0.13f * random.Normal();          // widens the foot and narrows the head, or the reverse
        float wide = 1.06f + 0.21f * random.Normal();
        float slant = 0.10f + 0.26f * random.Normal();
        float half = 0.04f * random.Normal();           // tangent of half the angle: no sine is needed
        float cos = (1 - half * half) / (1 + half * half);
        float sin = 2 * half / (1 + half * half);

        for (int i = 0; i < ink.Count; i++)
        {
            float x = ink.X[i] / 100 - 0.35f, y = ink.Y[i] / 100 - 0.5f;
            float bend = 0.25f - y * y;
            x = (x * (1 + flare * 2 * y) + lean * bend) * wide;
            y += waist * bend * 0.5f;
            x -= slant * y;
            ink.X[i] = x * cos - y * sin;
            ink.Y[i] = x * sin + y * cos;
        }
    }
}
