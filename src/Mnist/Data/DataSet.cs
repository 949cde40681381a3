namespace StaticCnn.Mnist.Data;

/// <summary>The images to train and to test with, of a network's shape.</summary>
/// <typeparam name="TModel">The network.</typeparam>
internal sealed record DataSet<TModel>(LabeledImages Train, LabeledImages Test) where TModel : class, ICnnModel<TModel>
{
    /// <summary>Loads both sets.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or the images do not fit the network.</exception>
    public static DataSet<TModel> Load(IDataSource source, int threads)
    {
        var set = new DataSet<TModel>(source.LoadTraining(threads), source.LoadTest(threads));
        set.Train.CheckFits(TModel.InputShape, TModel.ClassCount);
        set.Test.CheckFits(TModel.InputShape, TModel.ClassCount);
        return set;
    }
}
