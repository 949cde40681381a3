using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Emit;

/// <summary>What an editor shows where the mouse rests on a model or on one of its members.</summary>
public class DocumentationTests
{
    private static readonly INamedTypeSymbol Net = Generate(
        """
        using StaticCnn;
        [CnnModel(3, 32, 30)]
        [Conv2d(16, 5, 3, Name = "first"), ReLU, MaxPool2d(2), Flatten, Linear(100), Dropout(0.25f), Linear(7)]
        public sealed partial class Net;
        """);

    [Theory]
    [InlineData("T:Net")]
    [InlineData("P:Net.Layers")]
    [InlineData("T:Net.Trainer")]
    public void TheLayerTableIsShown(string member)
    {
        var remarks = Documentation(member).Element("remarks")!;

        Assert.Contains("[3,32,30] in, 7 classes out; 315,143 parameters, 878,780 multiply-adds an image.", remarks.Value, StringComparison.Ordinal);
        Assert.Equal(
            [
                ("first", "Conv2d 5x3, [16,28,28]; 736 parameters; 564,480 multiply-adds"),
                ("relu1", "ReLU, [16,28,28]"),
                ("pool1", "MaxPool2d 2x2, [16,14,14]"),
                ("flatten", "Flatten, [3136]"),
                ("fc1", "Linear, [100]; 313,700 parameters; 313,600 multiply-adds"),
                ("dropout1", "Dropout 0.25, [100]"),
                ("fc2", "Linear, [7]; 707 parameters; 700 multiply-adds"),
            ],
            remarks.Descendants("item").Select(item => (item.Element("term")!.Value, item.Element("description")!.Value)));
    }

    [Theory]
    [InlineData("P:Net.FirstWeight", "first.weight, [16,3,5,3] as [output channel, input channel, row, column], in place: 720 values.")]
    [InlineData("P:Net.Fc1Weight", "fc1.weight, [100,3136] as [output, input], in place: 313600 values.")]
    [InlineData("P:Net.Fc2Bias", "fc2.bias, [7], in place: 7 values.")]
    [InlineData("F:Net.ImageLength", "Floats of one input image, 3 * 32 * 30.")]
    [InlineData("P:Net.Recipe", "The declared training recipe: 3 epochs in batches of 64 images, Adam with a learning rate of 0.001.")]
    public void AMemberSaysWhatItIs(string member, string summary) =>
        Assert.Equal(summary, Documentation(member).Element("summary")!.Value.Trim());

    [Fact]
    public void EveryPublicMemberIsDocumentedWithItsParameters()
    {
        foreach (var member in Net.GetMembers().Concat(Net.GetTypeMembers().Single().InstanceConstructors).Where(IsShown))
        {
            var documentation = XElement.Parse(member.GetDocumentationCommentXml()!);
            Assert.NotEmpty(documentation.Element("summary")!.Value.Trim());
            if (member is IMethodSymbol method)
            {
                Assert.Equal(method.Parameters.Select(parameter => parameter.Name), documentation.Elements("param").Select(each => each.Attribute("name")!.Value));
            }
        }
    }

    private static bool IsShown(ISymbol member) =>
        member.DeclaredAccessibility == Accessibility.Public && member is not IMethodSymbol { AssociatedSymbol: not null };

    private static XElement Documentation(string member)
    {
        var all = Net.GetMembers().Append(Net);
        return XElement.Parse(all.Single(each => each.GetDocumentationCommentId() == member).GetDocumentationCommentXml()!);
    }

    private static INamedTypeSymbol Generate(string source)
    {
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.CSharp12, source);
        GeneratorHarness.CreateDriver(LanguageVersion.CSharp12).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return generated.GetTypeByMetadataName("Net")!;
    }
}
