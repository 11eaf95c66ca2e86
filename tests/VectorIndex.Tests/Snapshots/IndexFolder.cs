namespace ImageSearch.VectorIndex.Tests.Snapshots;

/// <summary>A temporary folder of a test, deleted at its end.</summary>
internal sealed class IndexFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("index-test-").FullName;

    public string Snapshot => System.IO.Path.Combine(Path, "index.snapshot");

    public string Vectors => System.IO.Path.Combine(Path, "vectors.f32");

    public NeighborIndex Open(int dimension, IndexOptions? options = null)
    {
        NeighborIndex index = NeighborIndex.Open(Path, dimension, options, out string? rejectionReason);
        rejectionReason.ShouldBeNull();
        return index;
    }

    /// <summary>Copies the files as a killed process would leave them.</summary>
    public IndexFolder Copy()
    {
        var copy = new IndexFolder();
        foreach (string file in (string[])[Snapshot, Vectors])
        {
            if (!File.Exists(file))
                continue;
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
