namespace StaticCnn.Images.Fitting;

/// <summary>The strokes of one digit: those connected areas of ink that belong together. Specks, and what comes in from the frame, do not.</summary>
internal sealed class Strokes
{
    private const double LeastShare = 0.08;
    private const double FarthestGap = 0.5;

    private readonly List<Area> _areas = [];
    private readonly int[] _area;
    private readonly InkMap _map;

    private Strokes(InkMap map) => (_map, _area) = (map, new int[map.Ink.Length]);

    /// <summary>The ink of the digit alone, cut out of the map.</summary>
    /// <exception cref="ImageException">There is none.</exception>
    public static Digit Find(InkMap map)
    {
        var strokes = new Strokes(map);
        for (int i = 0; i < map.Ink.Length; i++)
        {
            if (strokes._area[i] == 0 && map.Ink[i] > map.StrokeAbove) strokes.Collect(i);
        }
        return strokes.Cut(strokes.Chosen());
    }

    /// <summary>Marks all stroke pixels that touch each other, corners included.</summary>
    private void Collect(int start)
    {
        var area = new Area(_areas.Count + 1);
        var open = new Stack<int>([start]);
        _area[start] = area.Number;
        while (open.TryPop(out int at))
        {
            int x = at % _map.Width, y = at / _map.Width;
            area.Add(x, y);
            for (int ny = Math.Max(0, y - 1); ny <= Math.Min(_map.Height - 1, y + 1); ny++)
            {
                for (int nx = Math.Max(0, x - 1); nx <= Math.Min(_map.Width - 1, x + 1); nx++)
                {
                    int next = ny * _map.Width + nx;
                    if (_area[next] != 0 || _map.Ink[next] <= _map.StrokeAbove) continue;
                    _area[next] = area.Number;
                    open.Push(next);
                }
            }
        }
        _areas.Add(area);
    }

    private HashSet<int> Chosen()
    {
        if (_areas.Count == 0) throw new ImageException(ImageFault.NoDigit, "there is no stroke in it; expected a digit.");
        // The edge of a table or the shadow of a hand comes in from the frame; a digit seldom does, unless the picture was cut tightly.
        var inside = _areas.Where(area => !area.Touches(_map.Width, _map.Height)).ToList();
        var largest = _areas.MaxBy(area => area.Count)!;
        var candidates = inside.Count > 0 && inside.Max(area => area.Count) >= LeastShare * largest.Count ? inside : _areas;
        var main = candidates.MaxBy(area => area.Count)!;
        return [.. candidates.Where(area => area.Count >= LeastShare * main.Count && area.GapTo(main) <= FarthestGap * main.Length).Select(area => area.Number)];
    }

    private Digit Cut(HashSet<int> chosen)
    {
        var areas = _areas.Where(area => chosen.Contains(area.Number)).ToList();
        // A pixel more on each side: the soft edges of the strokes.
        int left = Math.Max(0, areas.Min(area => area.Left) - 1), right = Math.Min(_map.Width - 1, areas.Max(area => area.Right) + 1);
        int top = Math.Max(0, areas.Min(area => area.Top) - 1), bottom = Math.Min(_map.Height - 1, areas.Max(area => area.Bottom) + 1);
        int width = right - left + 1, height = bottom - top + 1;
        float[] ink = new float[width * height];
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                if (IsNear(x, y, chosen)) ink[(y - top) * width + x - left] = _map.Ink[y * _map.Width + x];
            }
        }
        return new Digit(width, height, ink).Trimmed();
    }

    private bool IsNear(int x, int y, HashSet<int> chosen)
    {
        for (int ny = Math.Max(0, y - 1); ny <= Math.Min(_map.Height - 1, y + 1); ny++)
        {
            for (int nx = Math.Max(0, x - 1); nx <= Math.Min(_map.Width - 1, x + 1); nx++)
            {
                if (_area[ny * _map.Width + nx] is > 0 and int number && chosen.Contains(number)) return true;
            }
        }
        return false;
    }

    private sealed class Area(int number)
    {
        public int Number { get; } = number;
        public int Count { get; private set; }
        public int Left { get; private set; } = int.MaxValue;
        public int Top { get; private set; } = int.MaxValue;
        public int Right { get; private set; } = -1;
        public int Bottom { get; private set; } = -1;
        public int Length => Math.Max(Right - Left, Bottom - Top) + 1;

        public void Add(int x, int y)
        {
            Count++;
            (Left, Top, Right, Bottom) = (Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y));
        }

        public bool Touches(int width, int height) => Left == 0 || Top == 0 || Right == width - 1 || Bottom == height - 1;

        public int GapTo(Area other) => Math.Max(
            Math.Max(Left - other.Right, other.Left - Right), Math.Max(Math.Max(Top - other.Bottom, other.Top - Bottom), 0));
    }
}
