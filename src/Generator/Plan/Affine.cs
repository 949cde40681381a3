using System.Globalization;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// An index: a constant plus multiples of loop variables. Because every index has this form, the range of each access
/// is known exactly, and constant parts fold into the instruction that loads or stores.
/// </summary>
internal sealed class Affine : IEquatable<Affine>
{
    private readonly SortedDictionary<string, int> _terms;

    private Affine(int constant, SortedDictionary<string, int> terms)
    {
        Constant = constant;
        _terms = terms;
    }

    public int Constant { get; }

    public IEnumerable<KeyValuePair<string, int>> Terms => _terms;

    public bool IsConstant => _terms.Count == 0;

    /// <summary>The loop variable <paramref name="name"/> itself.</summary>
    public static Affine Variable(string name) =>
        new(0, new SortedDictionary<string, int>(StringComparer.Ordinal) { [name] = 1 });

    public static implicit operator Affine(int constant) =>
        new(constant, new SortedDictionary<string, int>(StringComparer.Ordinal));

    public static Affine operator +(Affine left, Affine right)
    {
        var terms = new SortedDictionary<string, int>(left._terms, StringComparer.Ordinal);
        foreach (var term in right._terms)
        {
            terms.TryGetValue(term.Key, out int coefficient);
            if (coefficient + term.Value == 0) terms.Remove(term.Key);
            else terms[term.Key] = checked(coefficient + term.Value);
        }

        return new Affine(checked(left.Constant + right.Constant), terms);
    }

    public static Affine operator -(Affine left, Affine right) => left + right * -1;

    public static Affine operator *(Affine value, int factor)
    {
        if (factor == 0) return 0;
        var terms = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in value._terms) terms[term.Key] = checked(term.Value * factor);
        return new Affine(checked(value.Constant * factor), terms);
    }

    /// <summary>The index with <paramref name="variable"/> fixed.</summary>
    public Affine Substitute(string variable, int value)
    {
        if (!_terms.TryGetValue(variable, out int coefficient)) return this;
        var terms = new SortedDictionary<string, int>(_terms, StringComparer.Ordinal);
        terms.Remove(variable);
        return new Affine(checked(Constant + coefficient * value), terms);
    }

    /// <summary>The index without its constant part.</summary>
    public Affine VariablePart() => new(0, _terms);

    /// <summary>The least and greatest value while each variable runs from 0 to its extent minus 1.</summary>
    /// <param name="extents">The extents of the variables in scope.</param>
    public (long Least, long Greatest) Range(IReadOnlyDictionary<string, int> extents)
    {
        long least = Constant, greatest = Constant;
        foreach (var term in _terms)
        {
            if (!extents.TryGetValue(term.Key, out int extent))
            {
                throw new InvalidOperationException($"The index {this} uses the variable '{term.Key}', which no loop around it declares.");
            }

            long end = (long)term.Value * (extent - 1);
            least += Math.Min(0, end);
            greatest += Math.Max(0, end);
        }

        return (least, greatest);
    }

    public bool Equals(Affine? other) =>
        other is not null && Constant == other.Constant && _terms.SequenceEqual(other._terms);

    public override bool Equals(object? obj) => Equals(obj as Affine);

    public override int GetHashCode()
    {
        int hash = Constant;
        foreach (var term in _terms) hash = unchecked(hash * 31 + StringComparer.Ordinal.GetHashCode(term.Key) * 17 + term.Value);
        return hash;
    }

    /// <summary>The index as C#, such as <c>ic * 5184 + oh * 288 + 32</c>.</summary>
    public override string ToString()
    {
        var parts = _terms.Select(term =>
            term.Value == 1 ? term.Key : string.Format(CultureInfo.InvariantCulture, "{0} * {1}", term.Key, term.Value)).ToList();
        if (Constant != 0 || parts.Count == 0) parts.Add(Constant.ToString(CultureInfo.InvariantCulture));
        return string.Join(" + ", parts).Replace("+ -", "- ");
    }
}
