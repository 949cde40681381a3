using StaticCnn.Generator.Layers;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>A contraction as the convolution that the kernels know.</summary>
internal static class ContractLayer
{
    public static Conv2d Convolution(Contract contract)
    {
        var (rows, columns) = (contract.Window.Rows, contract.Window.Columns);
        return new Conv2d
        {
            Name = contract.Name,
            Input = contract.X.Shape,
            Output = contract.Shape,
            KernelHeight = rows.Size,
            KernelWidth = columns.Size,
            StrideHeight = Math.Min(rows.Stride, rows.Input + rows.Before + rows.After),
            StrideWidth = Math.Min(columns.Stride, columns.Input + columns.Before + columns.After),
            PaddingHeight = rows.Before,
            PaddingWidth = columns.Before,
            DilationHeight = rows.Dilation,
            DilationWidth = columns.Dilation,
            Groups = contract.Window.Groups,
            HasBias = contract.Bias is not null,
            Algorithm = (Algorithm)contract.Algorithm,
        };
    }

    public static Linear Matrix(Contract contract) => new()
    {
        Name = contract.Name,
        Input = contract.X.Shape,
        Output = contract.Shape,
        HasBias = contract.Bias is not null,
    };
}
