using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Kernels;

/// <summary>An upper estimate of what a kernel comes to in IL; the tests hold it against what the compiler makes of it.</summary>
internal static class KernelSize
{
    // A call is 5 bytes, a local with a large number 4, a constant 5, an address computation about 20.
    private const int Operation = 5, Local = 4, Memory = 20, Loop = 40, Base = 24;

    public static bool ExceedsBudget(Kernel kernel) =>
        IlBytes(kernel) > UnrollBudget.IlBytes || Registers(kernel) > UnrollBudget.Registers;

    public static int IlBytes(Kernel kernel) => Of(kernel.Body);

    /// <summary>Distinct vector registers named in the kernel.</summary>
    public static int Registers(Kernel kernel)
    {
        var registers = new HashSet<Register>();
        Collect(kernel.Body, registers);
        return registers.Count;
    }

    private static int Of(IEnumerable<Statement> body) => body.Sum(statement => statement switch
    {
        For loop => Loop + Base + Of(loop.Body),
        Set set => Local + Of(set.Value),
        Store store => Memory + Of(store.Value),
        StoreSum sum => Memory + Operation + Of(sum.Value),
        Move => 2 * Memory,
        Transpose => 2 * Memory + 20,
        _ => 0,
    });

    private static int Of(Value value) => value switch
    {
        Load or Broadcast => Memory,
        Register => Local,
        Apply apply => Operation + apply.Arguments.Sum(Of),
        LaneSums sums => Operation + sums.Vectors.Sum(Of),
        DropoutScale => 3 * Memory + 4 * Operation,
        _ => 2 * Operation,
    };

    private static void Collect(EquatableArray<Statement> body, HashSet<Register> registers)
    {
        foreach (var statement in body)
        {
            if (statement is For loop) Collect(loop.Body, registers);
            else if (statement is Set set) registers.Add(set.Target);
        }
    }
}
