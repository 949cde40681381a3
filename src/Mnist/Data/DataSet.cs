namespace StaticCnn.Mnist.Data;

/// <summary>The images to train and to test with, of a network's shape.</summary>
/// <typeparam name="TModel">The network.</typeparam>
internal sealed record DataSet<TModel>(LabeledImages Train, LabeledImages Test) where TModel : class, ICnnModel<TModel>
{
    /// <summary>Reads both sets.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or its images do not fit the network.</exception>
    public static DataSet<TModel> Load(DataLocation location)
    {
        var folder = IdxFolder.Open(location.Folder);
        var set = new DataSet<TModel>(folder.ReadTraining(), folder.ReadTest());
        set.Train.CheckFits(TModel.InputShape, TModel.ClassCount);
        set.Test.CheckFits(TModel.InputShape, TModel.ClassCount);
        return set;
    }
}
