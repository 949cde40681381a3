using StaticCnn.Generator.Plan;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels.Ir;

/// <summary>
/// Collects statements while a lowering writes them down, so that a lowering reads like the loops that it stands for.
/// </summary>
internal sealed class Block
{
    private readonly List<Statement> _statements = new();

    public EquatableArray<Statement> Statements => _statements.ToEquatableArray();

    /// <summary>A loop that runs.</summary>
    public void For(string variable, int extent, Action<Block, Affine> body) => Loop(variable, extent, false, body);

    /// <summary>A loop that is written out.</summary>
    public void Unroll(string variable, int extent, Action<Block, Affine> body) => Loop(variable, extent, true, body);

    /// <summary>A loop over pieces of a length: each distinct size of piece gets a body of its own.</summary>
    public void Split(string variable, int length, int most, Action<Block, Affine, int> body)
    {
        int start = 0, part = 0;
        var pieces = Tile.Split(length, most);
        foreach (var (size, count) in pieces)
        {
            int first = start;
            For(part == 0 ? variable : variable + part, count, (block, index) => body(block, index * size + first, size));
            start += size * count;
            part++;
        }
    }

    public void Set(Register target, Value value) => _statements.Add(new Set(target, value));

    public void Store(View view, Affine channel, Affine row, Affine column, Value value) =>
        _statements.Add(new Store(view.Buffer, view.Index(channel, row, column), value));

    public void Store(Buffer buffer, Affine index, Value value) => _statements.Add(new Store(buffer, index, value));

    public void StoreSum(Buffer buffer, Affine index, Value value) => _statements.Add(new StoreSum(buffer, index, value));

    public void Move(Buffer source, Affine sourceIndex, Buffer destination, Affine destinationIndex) =>
        _statements.Add(new Move(source, sourceIndex, destination, destinationIndex));

    public void Transpose(Buffer source, Affine sourceIndex, int sourcePitch, Buffer destination, Affine destinationIndex, int destinationPitch) =>
        _statements.Add(new Transpose(source, sourceIndex, sourcePitch, destination, destinationIndex, destinationPitch));

    public void Remark(string text) => _statements.Add(new Remark(text));

    private void Loop(string variable, int extent, bool unroll, Action<Block, Affine> body)
    {
        if (extent == 0) return;
        var block = new Block();
        body(block, Affine.Variable(variable));
        _statements.Add(new For(variable, extent, unroll, block.Statements));
    }
}

/// <summary>Short names for the values that lowerings use most.</summary>
internal static class Values
{
    public static Value Load(View view, Affine channel, Affine row, Affine column) =>
        new Load(view.Buffer, view.Index(channel, row, column));

    public static Value Load(Buffer buffer, Affine index) => new Load(buffer, index);

    public static Value Broadcast(Buffer buffer, Affine index) => new Broadcast(buffer, index);

    public static Value Dropout(DropoutSource source, Affine unit) =>
        new DropoutScale(new Load(source.Keys, 0), unit, source.Scalars, source.ScalarOffset);
}
