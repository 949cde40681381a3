using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// An index: a constant plus multiples of loop variables. Because every index has this form, the range of each access
/// is known exactly, and constant parts fold into the instruction that loads or stores.
/// </summary>
internal sealed class Affine : IEquatable<Affine>
{
    /// <summary>Sorted by variable, no coefficient 0: equal indices look alike.</summary>
    private readonly ImmutableArray<(string Variable, int Coefficient)> _terms;

    private Affine(int constant, ImmutableArray<(string Variable, int Coefficient)> terms)
    {
        Constant = constant;
        _terms = terms;
    }

    public int Constant { get; }

    public ImmutableArray<(string Variable, int Coefficient)> Terms => _terms;

    public bool IsConstant => _terms.IsEmpty;

    /// <summary>The loop variable <paramref name="name"/> itself.</summary>
    public static Affine Variable(string name) => new(0, ImmutableArray.Create((name, 1)));

    public static implicit operator Affine(int constant) => new(constant, ImmutableArray<(string, int)>.Empty);

    public static Affine operator +(Affine left, Affine right)
    {
        int constant = checked(left.Constant + right.Constant);
        if (right.IsConstant) return new Affine(constant, left._terms);
        if (left.IsConstant) return new Affine(constant, right._terms);
        var terms = ImmutableArray.CreateBuilder<(string, int)>(left._terms.Length + right._terms.Length);
        int l = 0, r = 0;
        while (l < left._terms.Length || r < right._terms.Length)
        {
            int order = l == left._terms.Length ? 1
                : r == right._terms.Length ? -1
                : string.CompareOrdinal(left._terms[l].Variable, right._terms[r].Variable);
            if (order < 0) terms.Add(left._terms[l++]);
            else if (order > 0) terms.Add(right._terms[r++]);
            else
            {
                int coefficient = checked(left._terms[l].Coefficient + right._terms[r].Coefficient);
                if (coefficient != 0) terms.Add((left._terms[l].Variable, coefficient));
                l++;
                r++;
            }
        }

        return new Affine(constant, terms.ToImmutable());
    }

    public static Affine operator -(Affine left, Affine right) => left + right * -1;

    public static Affine operator *(Affine value, int factor)
    {
        if (factor == 0) return 0;
        if (factor == 1) return value;
        var terms = ImmutableArray.CreateBuilder<(string, int)>(value._terms.Length);
        foreach (var (variable, coefficient) in value._terms) terms.Add((variable, checked(coefficient * factor)));
        return new Affine(checked(value.Constant * factor), terms.MoveToImmutable());
    }

    /// <summary>The index with variables fixed.</summary>
    public Affine Substitute(IReadOnlyDictionary<string, int> values)
    {
        int constant = Constant, open = 0;
        foreach (var (variable, coefficient) in _terms)
        {
            if (values.TryGetValue(variable, out int value)) constant = checked(constant + coefficient * value);
            else open++;
        }

        if (open == _terms.Length) return this;
        if (open == 0) return constant;
        var terms = ImmutableArray.CreateBuilder<(string, int)>(open);
        foreach (var term in _terms)
        {
            if (!values.ContainsKey(term.Variable)) terms.Add(term);
        }

        return new Affine(constant, terms.MoveToImmutable());
    }

    /// <summary>The index without its constant part.</summary>
    public Affine VariablePart() => new(0, _terms);

    /// <summary>The least and greatest value while each variable runs from 0 to its extent minus 1.</summary>
    /// <param name="extents">The extents of the variables in scope.</param>
    public (long Least, long Greatest) Range(IReadOnlyDictionary<string, int> extents)
    {
        long least = Constant, greatest = Constant;
        foreach (var (variable, coefficient) in _terms)
        {
            if (!extents.TryGetValue(variable, out int extent))
            {
                throw new InvalidOperationException($"The index {this} uses the variable '{variable}', which no loop around it declares.");
            }

            long end = (long)coefficient * (extent - 1);
            least += Math.Min(0, end);
            greatest += Math.Max(0, end);
        }

        return (least, greatest);
    }

    public bool Equals(Affine? other)
    {
        if (other is null || Constant != other.Constant || _terms.Length != other._terms.Length) return false;
        for (int i = 0; i < _terms.Length; i++)
        {
            if (_terms[i].Coefficient != other._terms[i].Coefficient || _terms[i].Variable != other._terms[i].Variable) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Affine);

    public override int GetHashCode()
    {
        int hash = Constant;
        foreach (var (variable, coefficient) in _terms) hash = unchecked(hash * 31 + variable.GetHashCode() * 17 + coefficient);
        return hash;
    }

    /// <summary>The index as C#, such as <c>ic * 5184 + oh * 288 + 32</c>.</summary>
    public override string ToString()
    {
        if (IsConstant) return Constant.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        foreach (var (variable, coefficient) in _terms)
        {
            text.Append(text.Length == 0 ? "" : coefficient < 0 ? " - " : " + ").Append(variable);
            int factor = text.Length > variable.Length ? Math.Abs(coefficient) : coefficient;
            if (factor != 1) text.Append(" * ").Append(factor.ToString(CultureInfo.InvariantCulture));
        }

        if (Constant != 0)
        {
            text.Append(Constant < 0 ? " - " : " + ").Append(Math.Abs((long)Constant).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
