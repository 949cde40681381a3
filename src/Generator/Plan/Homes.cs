namespace StaticCnn.Generator.Plan;

/// <summary>
/// Where values live: in memory, or in a register on the way from the kernel that computes them into the formula that reads them.
/// A formula whose value nobody needs in memory is computed again by each of its readers.
/// </summary>
internal sealed class Homes
{
    private readonly HashSet<Node> _memory = [];
    private readonly Dictionary<Node, Node> _results = [];
    private readonly Dictionary<Node, List<Node>> _readers = [];

    /// <param name="nodes">All nodes.</param>
    /// <param name="roots">What is wanted.</param>
    public Homes(IReadOnlyList<Node> nodes, IEnumerable<Node> roots)
    {
        var wanted = new HashSet<Node>(roots);
        var live = new HashSet<Node>();
        foreach (var root in wanted) Mark(root);
        Live = nodes.Where(live.Contains).ToList();
        foreach (var node in Live)
        {
            foreach (var input in node.Inputs.Distinct()) ReadersOf(input).Add(node);
        }

        foreach (var node in Live)
        {
            if (node is not Pointwise pointwise || node.Scope == Scope.Batch || wanted.Contains(node) || NeedsMemory(pointwise)) _memory.Add(node);
        }

        foreach (var root in Live)
        {
            if (root is not Pointwise { Scope: Scope.Image } || !_memory.Contains(root)) continue;
            var results = new List<Node>();
            Collect(root, root.Shape, results, wanted);
            if (results.Count == 0) continue;
            var result = results.OrderByDescending(node => node.Index).First();
            _results[root] = result;
            _memory.Remove(result);
        }

        void Mark(Node node)
        {
            if (!live.Add(node)) return;
            foreach (var input in node.Inputs) Mark(input);
            if (node is Mean { Variance: { } variance }) Mark(variance);
        }
    }

    /// <summary>What is computed, in order.</summary>
    public IReadOnlyList<Node> Live { get; }

    public bool IsInMemory(Node node) => _memory.Contains(node);

    /// <summary>The node whose kernel's result goes through a root's formula; the root itself where it has a kernel of its own.</summary>
    public Node KernelOf(Node root) => _results.TryGetValue(root, out var result) ? result : root;

    public List<Node> ReadersOf(Node node) => _readers.TryGetValue(node, out var readers) ? readers : _readers[node] = [];

    private bool NeedsMemory(Pointwise node)
    {
        var readers = ReadersOf(node);
        return readers.Any(reader => reader is not (Pointwise or PixelSum or BatchSum)) || (readers.Count > 1 && IsHeavy(node.Formula));
    }

    private static bool IsHeavy(Value formula) => formula is Apply apply
        && (apply.Operator is Operator.Exponential or Operator.Divide || apply.Arguments.Count(IsHeavy) > 0);

    private void Collect(Node node, Shape shape, List<Node> results, HashSet<Node> wanted)
    {
        foreach (var input in node.Inputs.Distinct())
        {
            if (ReadersOf(input).Count > 1 || wanted.Contains(input) || !input.Shape.Equals(shape)) continue;
            if (input is Contract or ContractInputGradient or Pool or PixelSum) results.Add(input);
            else if (input is Pointwise && !_memory.Contains(input)) Collect(input, shape, results, wanted);
        }
    }
}
