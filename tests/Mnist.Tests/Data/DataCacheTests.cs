using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Tests.Data;

public class DataCacheTests
{
    [Fact]
    public void Its_folder_is_the_one_named_else_the_systems_place_for_caches()
    {
        var variables = new Dictionary<string, string>();
        string system = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        Assert.Equal(Path.Combine(system, "staticcnn", "mnist"), DataCache.Locate(variables.GetValueOrDefault).Folder);
        variables["XDG_CACHE_HOME"] = "/caches";
        Assert.Equal(Path.Combine("/caches", "staticcnn", "mnist"), DataCache.Locate(variables.GetValueOrDefault).Folder);
        variables["STATICCNN_CACHE"] = "/own";
        Assert.Equal(Path.Combine("/own", "mnist"), DataCache.Locate(variables.GetValueOrDefault).Folder);
    }
}
