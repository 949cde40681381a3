using CsCheck;
using StaticCnn.Generator.Plan;

namespace Generator.Tests.Plan;

public class TileTests
{
    [Fact]
    public void ASplitCoversTheLengthInNearlyEqualPieces() => Gen.Select(Gen.Int[1, 500], Gen.Int[1, 40]).Sample((length, most) =>
    {
        var pieces = Tile.Split(length, most);
        Assert.Equal(length, pieces.Sum(piece => piece.Size * piece.Count));
        Assert.All(pieces, piece => Assert.True(piece.Size >= 1 && piece.Size <= most && piece.Count >= 1));
        Assert.True(pieces.Max(piece => piece.Size) - pieces.Min(piece => piece.Size) <= 1);
    });

    [Fact]
    public void ATileFitsTheRegistersAndTheGrid() => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 60], Gen.Int[0, 2]).Sample((rows, columns, width) =>
    {
        var target = Target.All[width];
        var tile = Tile.Choose(target, rows, columns);
        Assert.InRange(tile.Rows, 1, rows);
        Assert.InRange(tile.Columns, 1, columns);
        // Accumulators and at least the operand that is not broadcast from memory.
        Assert.InRange(tile.Rows * tile.Columns + 1, 2, target.Registers);
    });

    [Fact]
    public void TheMostRowsAreKept() => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 16]).Sample((rows, most) =>
        Assert.InRange(Tile.Choose(Target.All[0], rows, 1, most).Rows, 1, most));

    [Fact]
    public void MoreWorkNeverCostsLess() => Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100]).Sample((products, loads) =>
    {
        Assert.True(Tile.Cycles(products, loads) <= Tile.Cycles(products, loads + 1));
        Assert.True(Tile.Cycles(products, loads) <= Tile.Cycles(products + 1, loads));
    });
}
